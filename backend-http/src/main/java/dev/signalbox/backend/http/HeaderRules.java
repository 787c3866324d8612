package dev.signalbox.backend.http;

import dev.signalbox.api.Headers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Which headers cross the router, in both directions. */
final class HeaderRules {

    private static final Set<String> TO_SERVER =
            Set.of("anthropic-version", "anthropic-beta", "traceparent", "tracestate");
    private static final Set<String> KEYS = Set.of("authorization", "x-api-key");
    private static final Set<String> TO_CLIENT =
            Set.of("content-type", "retry-after", "retry-after-ms", "x-should-retry");
    private static final List<String> TO_CLIENT_STARTS = List.of("x-ratelimit-", "anthropic-ratelimit-");

    private HeaderRules() {}

    /** Whether a header carries a key, in any case of letters. */
    static boolean isKey(String name) {
        return KEYS.contains(name.toLowerCase(Locale.ROOT));
    }

    /** What of a client's headers goes to a server. */
    static Headers toServer(Headers client, Set<String> passed, boolean clientsKey) {
        return keep(
                client,
                name -> TO_SERVER.contains(name)
                        || name.startsWith("openai-")
                        || (clientsKey && KEYS.contains(name))
                        || (passed.contains(name) && !KEYS.contains(name)));
    }

    /** What of a server's headers goes to a client. */
    static Headers toClient(Headers server) {
        return keep(
                server,
                name -> TO_CLIENT.contains(name) || TO_CLIENT_STARTS.stream().anyMatch(name::startsWith));
    }

    private static Headers keep(Headers headers, Predicate<String> wanted) {
        Headers kept = Headers.none();
        for (Map.Entry<String, String> line : headers) {
            if (wanted.test(line.getKey().toLowerCase(Locale.ROOT))) {
                kept = kept.and(line.getKey(), line.getValue());
            }
        }
        return kept;
    }
}
