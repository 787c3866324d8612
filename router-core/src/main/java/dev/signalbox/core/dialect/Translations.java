package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Body;
import dev.signalbox.api.Dialect;
import dev.signalbox.core.body.Spool;
import dev.signalbox.core.json.BadJson;
import dev.signalbox.core.json.Json;
import dev.signalbox.core.json.Weight;
import dev.signalbox.core.translate.Asking;
import dev.signalbox.core.translate.Language;
import dev.signalbox.core.translate.Languages;
import dev.signalbox.core.translate.Manner;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Which dialects can be said in which: all pairs there are. */
public final class Translations {

    /** Ollama's own API tells failures that its other one hides. */
    private static final List<Pair> TASKS = List.of(new TaskToOllamaChat(), new TaskToChat());

    /** Of several pairs that would do, the first one is taken. */
    private static final List<Pair> PAIRS =
            Stream.of(TASKS, VectorsPair.ALL, chats()).flatMap(List::stream).toList();

    /** A body up to this is translated at once: what it takes is little beside what there is. */
    private static final long SMALL = 1 << 20;

    private Translations() {}

    private static List<Pair> chats() {
        List<Pair> pairs = new ArrayList<>();
        for (Asking client : Languages.asking()) {
            for (Language backend : Languages.all()) {
                if (!client.equals(backend)) {
                    pairs.add(new ChatPair(client, backend));
                }
            }
        }
        return pairs;
    }

    /** The dialect that a request is translated to for somebody who speaks only those; empty if there is no such pair. */
    public static Optional<Dialect> into(Dialect from, Predicate<Dialect> spoken) {
        for (Pair pair : PAIRS) {
            if (pair.from().equals(from) && spoken.test(pair.to())) {
                return Optional.of(pair.to());
            }
        }
        return Optional.empty();
    }

    /**
     * A request said in another dialect, to be sent: whoever gets its body closes it.
     *
     * @param spool what holds the body meanwhile
     * @throws IllegalArgumentException if there is no such pair
     * @throws BadRequest if it has a value that means nothing
     * @throws ReadingRefused if there is no memory for it
     */
    public static Translated translate(
            Body body, Dialect from, Dialect to, Manner manner, Readings readings, Spool spool)
            throws IOException, BadRequest {
        try (Readings.Share ignored = share(body, readings)) {
            return translated(body, pair(from, to), manner).held(spool);
        }
    }

    /**
     * A request said in another dialect, to be looked at: its body is in memory whatever there is left.
     *
     * @param body the request, with every edit made that is made in the client's dialect
     * @param manner how the target wants it to be said
     * @param readings what a large one may take of the memory meanwhile
     * @throws IllegalArgumentException if there is no such pair
     * @throws BadRequest if it has a value that means nothing
     * @throws ReadingRefused if there is no memory for it
     */
    public static Translated translate(Body body, Dialect from, Dialect to, Manner manner, Readings readings)
            throws IOException, BadRequest {
        try (Readings.Share ignored = share(body, readings)) {
            return translated(body, pair(from, to), manner);
        }
    }

    private static Readings.Share share(Body body, Readings readings) throws IOException {
        return body.size() <= SMALL ? () -> {} : readings.share(Weight.of(body));
    }

    private static Translated translated(Body body, Pair pair, Manner manner) throws IOException, BadRequest {
        byte[] bytes = new byte[Math.toIntExact(body.size())];
        try (InputStream in = body.open()) {
            in.readNBytes(bytes, 0, bytes.length);
        }
        JsonNode tree = tree(bytes);
        if (!(tree instanceof ObjectNode said)) {
            throw new IOException("the request is no JSON object any more");
        }
        return pair.translate(said, manner);
    }

    /** It is JSON, but may have a number that only those can pass on who do not read it. */
    private static JsonNode tree(byte[] bytes) throws IOException, BadRequest {
        try {
            return Json.exact(bytes);
        } catch (BadJson bad) {
            throw new BadRequest(bad.code(), String.valueOf(bad.getMessage())).at(bad.place());
        }
    }

    private static Pair pair(Dialect from, Dialect to) {
        return PAIRS.stream()
                .filter(pair -> pair.from().equals(from) && pair.to().equals(to))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nobody translates %s to %s".formatted(from, to)));
    }
}
