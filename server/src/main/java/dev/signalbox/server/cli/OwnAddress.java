package dev.signalbox.server.cli;

import dev.signalbox.core.Configuration;
import dev.signalbox.core.Plugins;
import dev.signalbox.server.listen.Listening;
import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Problems;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds backends that are this server itself: most likely on the port that it took over from an Ollama, where it would
 * list its own models as theirs, and those again.
 */
record OwnAddress(Listening listening) {

    private static final Pattern LOOPBACK = Pattern.compile("(?i)localhost|127(\\.\\d{1,3}){3}|::1");
    private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::");

    /** Notes each of them. */
    void check(Configuration configuration, Plugins plugins, Problems problems) {
        configuration
                .section("backends")
                .filter(ConfigNode.Table.class::isInstance)
                .map(ConfigNode.Table.class::cast)
                .ifPresent(backends -> backends.members().values().forEach(each -> check(each, plugins, problems)));
    }

    private void check(ConfigNode backend, Plugins plugins, Problems problems) {
        if (backend instanceof ConfigNode.Table table && table.members().get("type") instanceof ConfigNode.Text type) {
            plugins.backend(type.value().strip()).stream()
                    .flatMap(factory -> factory.options().stream())
                    .forEach(option -> address(option, table)
                            .filter(this::isOwn)
                            .ifPresent(address -> problems.add(
                                    table.where().child(option.name()),
                                    "%s is where this server listens itself (%s); a server elsewhere is to be named"
                                            .formatted(shown(address), listening.saidBy(port(address))))));
        }
    }

    /** The address that an option says, or that holds if it does not; what is no address is told by whoever reads it. */
    private static Optional<URI> address(Option<?> option, ConfigNode.Table said) {
        ConfigNode written = said.members().get(option.name());
        Optional<?> value = written == null
                ? PluginConfig.of(Set.of(option), said.where()).find(option)
                : option.read(written, new Problems());
        return value.filter(URI.class::isInstance).map(URI.class::cast);
    }

    private boolean isOwn(URI address) {
        int port = port(address);
        boolean listened = Stream.concat(Stream.of(listening.port()), listening.ollamaPort().stream())
                .anyMatch(own -> own == port);
        return listened && isOwn(bare(Optional.ofNullable(address.getHost()).orElse("")));
    }

    private boolean isOwn(String host) {
        String own = bare(listening.host());
        boolean here = EVERYWHERE.contains(own) || LOOPBACK.matcher(own).matches();
        return host.equalsIgnoreCase(own) || (here && LOOPBACK.matcher(host).matches());
    }

    private static String shown(URI address) {
        return "%s:%d".formatted(address.getHost(), port(address));
    }

    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(URI address) {
        int usual = "https".equals(address.getScheme()) ? 443 : 80;
        return address.getPort() < 0 ? usual : address.getPort();
    }
}
