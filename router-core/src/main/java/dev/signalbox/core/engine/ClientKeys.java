package dev.signalbox.core.engine;

import dev.signalbox.api.Headers;
import java.util.List;
import java.util.stream.Stream;

/** The keys that a client has sent for servers behind the router: nobody else is to learn them. */
final class ClientKeys {

    /** Shorter ones are no secrets, and hiding them would make nonsense of messages. */
    private static final int SHORTEST = 4;

    private ClientKeys() {}

    /** {@code Authorization: Bearer sk-1} holds {@code sk-1}. */
    static List<String> in(Headers headers) {
        Stream<String> bearers =
                headers.all("Authorization").stream().map(value -> value.substring(value.indexOf(' ') + 1));
        return Stream.of(bearers, headers.all("x-api-key").stream(), headers.all("api-key").stream())
                .flatMap(keys -> keys)
                .map(String::strip)
                .filter(key -> key.length() >= SHORTEST)
                .toList();
    }
}
