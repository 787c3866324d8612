package dev.signalbox.backend.http;

import dev.signalbox.api.Headers;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.PluginConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What must not be repeated, not even by a server that quotes the key it was sent. */
final class Secrets {

    /** Shorter ones are no secrets, and hiding them would make nonsense of messages. */
    private static final int SHORTEST = 4;

    private final List<String> words;

    private Secrets(Stream<String> words) {
        this.words = words.map(String::strip)
                .filter(word -> word.length() >= SHORTEST)
                .distinct()
                .toList();
    }

    static Secrets of(PluginConfig config) {
        return new Secrets(Stream.concat(
                config.get(HttpOptions.API_KEY).stream(),
                config.get(HttpOptions.HEADERS).values().stream().flatMap(Secrets::withoutScheme)));
    }

    /** These and the key of a client. */
    Secrets and(Headers client) {
        List<String> keys = new ArrayList<>(words);
        keys.addAll(client.all("x-api-key"));
        client.all("authorization").stream().flatMap(Secrets::withoutScheme).forEach(keys::add);
        return new Secrets(keys.stream());
    }

    /** The same failure without secrets in its words. */
    Failure hide(Failure failure) {
        return failure.hiding(words);
    }

    /** {@code Bearer sk-1} hides {@code sk-1}. */
    private static Stream<String> withoutScheme(String value) {
        return Stream.of(value.substring(value.indexOf(' ') + 1));
    }
}
