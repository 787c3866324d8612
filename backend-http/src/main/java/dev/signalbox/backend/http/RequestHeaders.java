package dev.signalbox.backend.http;

import dev.signalbox.api.Headers;
import dev.signalbox.backend.http.HttpOptions.Credentials;
import dev.signalbox.backend.http.transport.HttpCall;
import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Problems;
import dev.signalbox.spi.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The headers of requests to one server: what configuration says, and what of a client's may cross. Immutable. */
final class RequestHeaders {

    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\xa0-\\xff]*");
    private static final Map.Entry<String, String> JSON = Map.entry("Content-Type", "application/json");

    private final Headers own;
    private final Set<String> passed;
    private final boolean clientsKey;

    /**
     * What configuration says.
     *
     * @throws ConfigurationException if a header cannot be sent, or is not to be said there
     */
    RequestHeaders(PluginConfig config, KeyPlace place) {
        Problems problems = new Problems();
        this.clientsKey = config.get(HttpOptions.CREDENTIALS) == Credentials.CLIENT;
        this.passed = passed(config, problems);
        this.own = own(config, place, problems);
        if (!problems.list().isEmpty()) {
            throw new ConfigurationException(problems.list());
        }
    }

    /** Whether the client's key opens the server, not ours. */
    boolean clientsKey() {
        return clientsKey;
    }

    /** Those of a request that no client is behind. */
    Headers plain() {
        return own;
    }

    /** Those of a client's request, with what the backend itself adds. */
    Headers of(Headers client, Headers more, String via) {
        return of(client, more.with("Via", via));
    }

    /** Those of a question that a client's request raises, with what the backend itself adds. */
    Headers of(Headers client, Headers more) {
        Headers crossing = HeaderRules.toServer(client, passed, clientsKey);
        List<Map.Entry<String, String>> lines = new ArrayList<>();
        crossing.forEach(lines::add);
        for (Map.Entry<String, String> line : own) {
            boolean brought = HeaderRules.isKey(line.getKey())
                    && crossing.first(line.getKey()).isPresent();
            if (!(clientsKey && brought)) {
                set(lines, line);
            }
        }
        more.forEach(line -> set(lines, line));
        set(lines, JSON);
        return Headers.of(lines);
    }

    private static void set(List<Map.Entry<String, String>> lines, Map.Entry<String, String> line) {
        lines.removeIf(other -> other.getKey().equalsIgnoreCase(line.getKey()));
        lines.add(line);
    }

    private static Headers own(PluginConfig config, KeyPlace place, Problems problems) {
        Headers headers = Headers.of(
                "Accept", "application/json, text/event-stream, application/x-ndjson", "User-Agent", "signalbox");
        String key = config.get(HttpOptions.API_KEY).map(String::strip).orElse("");
        Where where = config.where().child(HttpOptions.API_KEY.name());
        if (config.get(HttpOptions.CREDENTIALS) == Credentials.OWN
                && !key.isEmpty()
                && sendable(place.header(), key, where, problems)) {
            headers = headers.with(place.header(), place.line(key).getValue());
        }
        for (Map.Entry<String, String> line : config.get(HttpOptions.HEADERS).entrySet()) {
            Where said = config.where().child(HttpOptions.HEADERS.name()).child(line.getKey());
            if (sendable(line.getKey(), line.getValue(), said, problems)) {
                headers = headers.with(line.getKey(), line.getValue());
            }
        }
        return headers;
    }

    private static Set<String> passed(PluginConfig config, Problems problems) {
        Where where = config.where().child(HttpOptions.PASS_HEADERS.name());
        return HeaderRules.withoutCase(config.get(HttpOptions.PASS_HEADERS).stream()
                .filter(name -> mayPass(name, where, problems))
                .toList());
    }

    private static boolean mayPass(String name, Where where, Problems problems) {
        if (HeaderRules.isKey(name)) {
            problems.add(where, "\"%s\" is a key; `credentials: client` lets it cross".formatted(name));
            return false;
        }
        return sendable(name, "", where, problems);
    }

    private static boolean sendable(String name, String value, Where where, Problems problems) {
        if (!NAME.matcher(name).matches()) {
            problems.add(where, "\"%s\" is not the name of a header".formatted(name));
        } else if (HttpCall.setByTransport(name) || name.equalsIgnoreCase("accept-encoding")) {
            problems.add(where, "%s is the router's own and cannot be set".formatted(name));
        } else if (!VALUE.matcher(value).matches()) {
            problems.add(where, "holds a character that no header can hold, such as a line break (it is not shown)");
        } else {
            return true;
        }
        return false;
    }
}
