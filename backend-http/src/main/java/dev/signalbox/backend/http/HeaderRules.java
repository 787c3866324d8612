package dev.signalbox.backend.http;

import dev.signalbox.api.Headers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Which headers cross the router, in both directions. */
final class HeaderRules {

    private static final List<String> TO_SERVER =
            List.of("anthropic-version", "anthropic-beta", "traceparent", "tracestate");
    private static final List<String> KEYS = List.of("authorization", "x-api-key");
    private static final List<String> TO_CLIENT =
            List.of("content-type", "retry-after", "retry-after-ms", "x-should-retry");

    private HeaderRules() {}

    /** Names that compare without case. */
    static Set<String> withoutCase(Collection<String> names) {
        Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(names);
        return Collections.unmodifiableSet(set);
    }

    /** Whether a header carries a key, in any case of letters. */
    static boolean isKey(String name) {
        return isOne(KEYS, name);
    }

    /**
     * What of a client's headers goes to a server.
     *
     * @param passed what passes beside the usual; compares without case
     */
    static Headers toServer(Headers client, Set<String> passed, boolean clientsKey) {
        return keep(
                client,
                name -> isOne(TO_SERVER, name)
                        || begins(name, "openai-")
                        || (clientsKey && isKey(name))
                        || (passed.contains(name) && !isKey(name)));
    }

    /** What of a server's headers goes to a client. */
    static Headers toClient(Headers server) {
        return keep(
                server,
                name -> isOne(TO_CLIENT, name) || begins(name, "x-ratelimit-") || begins(name, "anthropic-ratelimit-"));
    }

    /** By index and length: this is asked for each line of each request, and of a set of words it takes longer. */
    private static boolean isOne(List<String> names, String name) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean begins(String name, String start) {
        return name.regionMatches(true, 0, start, 0, start.length());
    }

    private static Headers keep(Headers headers, Predicate<String> wanted) {
        List<Map.Entry<String, String>> kept = new ArrayList<>();
        for (Map.Entry<String, String> line : headers) {
            if (wanted.test(line.getKey())) {
                kept.add(line);
            }
        }
        return Headers.of(kept);
    }
}
