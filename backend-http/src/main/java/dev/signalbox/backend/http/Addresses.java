package dev.signalbox.backend.http;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.spi.BackendCall;
import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.PluginConfig;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * Where one server takes requests.
 *
 * @param base where it listens
 * @param paths what configuration says of dialects, by their ids
 */
record Addresses(BaseUrl base, Map<String, URI> paths) {

    private static final String ANTHROPIC = Dialect.ANTHROPIC_MESSAGES.family();
    private static final String BETA = "beta=true";

    Addresses {
        paths = Map.copyOf(paths);
    }

    /**
     * What configuration says.
     *
     * @throws ConfigurationException if it is no address, or no path
     */
    static Addresses read(PluginConfig config) {
        BaseUrl base = base(config);
        return new Addresses(base, paths(config, base));
    }

    /** Where requests of a dialect go: as configured, else as usual. */
    URI of(Dialect dialect, URI usual) {
        return paths.getOrDefault(dialect.id(), usual);
    }

    /** Where a call goes; what its client asked there goes along. */
    URI of(BackendCall call, URI usual) {
        URI address = of(call.dialect(), usual);
        boolean beta = call.dialect().family().equals(ANTHROPIC)
                && call.headers().first(RouteRequest.QUERY).filter(BETA::equals).isPresent();
        return beta ? URI.create(address + (address.getRawQuery() == null ? "?" : "&") + BETA) : address;
    }

    private static BaseUrl base(PluginConfig config) {
        URI address = config.get(HttpOptions.BASE_URL);
        if (address.getRawQuery() != null || address.getRawFragment() != null) {
            throw new ConfigurationException(
                    config.where().child(HttpOptions.BASE_URL.name()),
                    "a base-url has no query; one that every request needs is written under `paths`");
        }
        return BaseUrl.of(address);
    }

    private static Map<String, URI> paths(PluginConfig config, BaseUrl base) {
        Map<String, URI> addresses = new HashMap<>();
        config.get(HttpOptions.PATHS).forEach((dialect, path) -> {
            try {
                addresses.put(dialect, base.root(path.startsWith("/") ? path : "/" + path));
            } catch (IllegalArgumentException notOne) {
                throw new ConfigurationException(
                        config.where().child(HttpOptions.PATHS.name()).child(dialect),
                        "\"%s\" is not a path such as /v1/chat/completions".formatted(path));
            }
        });
        return addresses;
    }
}
