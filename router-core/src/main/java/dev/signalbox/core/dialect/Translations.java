package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Body;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.core.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which dialects can be said in which: all pairs there are. */
public final class Translations {

    /** Of several pairs that would do, the first one is taken. Ollama's own API tells failures that its other one hides. */
    private static final List<Pair> PAIRS = List.of(new TaskToOllamaChat(), new TaskToChat());

    /** A body up to this is translated at once: what it takes is little beside what there is. */
    private static final long SMALL = 1 << 20;

    /** What one byte of a large body may take: its own, its text, the text of the other body, and the other body. */
    private static final int OF_A_BYTE = 8;

    private Translations() {}

    /** The dialect that a request is translated to for somebody who speaks only those; empty if there is no such pair. */
    public static Optional<Dialect> into(Dialect from, Predicate<Dialect> spoken) {
        for (Pair pair : PAIRS) {
            if (pair.from().equals(from) && spoken.test(pair.to())) {
                return Optional.of(pair.to());
            }
        }
        return Optional.empty();
    }

    /** The edits of a request, in its own dialect, that take out what cannot be said in the other one. */
    public static List<Edit> losses(ParsedRequest request, Dialect to) {
        return pair(request.dialect(), to).losses(request);
    }

    /**
     * A request said in another dialect.
     *
     * @param body the request, with every edit made that is made in the client's dialect
     * @param readings what a large one may take of the memory meanwhile
     * @throws IllegalArgumentException if there is no such pair
     * @throws ReadingRefused if there is no memory for it
     */
    public static Translated translate(Body body, Dialect from, Dialect to, Readings readings) throws IOException {
        if (body.size() <= SMALL) {
            return translated(body, pair(from, to));
        }
        try (Readings.Share ignored = readings.share(OF_A_BYTE * body.size())) {
            return translated(body, pair(from, to));
        }
    }

    private static Translated translated(Body body, Pair pair) throws IOException {
        JsonNode tree;
        try (InputStream in = body.open()) {
            tree = Json.tree(in.readAllBytes());
        }
        if (!(tree instanceof ObjectNode said)) {
            throw new IOException("the request is no JSON object any more");
        }
        return new Translated(pair.to(), Body.of(Json.write(pair.request(said))), pair.answer(said));
    }

    private static Pair pair(Dialect from, Dialect to) {
        return PAIRS.stream()
                .filter(pair -> pair.from().equals(from) && pair.to().equals(to))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nobody translates %s to %s".formatted(from, to)));
    }
}
