package dev.signalbox.core.engine;

import dev.signalbox.api.Priority;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.api.Unroutable;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a request wishes in headers of ours that know a few words only. Another word is refused: a client that writes
 * {@code false} where {@code off} is meant would be taken elsewhere in silence.
 *
 * @param fallback whether the chain may be gone past its first target
 * @param priority how urgent it is; empty if it does not say
 */
record Wishes(boolean fallback, Optional<Priority> priority) {

    private static final String FALLBACK = "X-Signalbox-Fallback";
    private static final String PRIORITY = "X-Signalbox-Priority";

    /** Those of a request. */
    static Wishes of(Journey journey) {
        boolean fallback = said(journey, FALLBACK)
                .map(word -> switch (word.toLowerCase(Locale.ROOT)) {
                    case "on" -> true;
                    case "off" -> false;
                    default -> throw meaningless(journey, FALLBACK, word, "on or off");
                })
                .orElse(true);
        Optional<Priority> priority = said(journey, PRIORITY)
                .map(word -> Priority.of(word).orElseThrow(() -> meaningless(journey, PRIORITY, word, priorities())));
        return new Wishes(fallback, priority);
    }

    private static Optional<String> said(Journey journey, String header) {
        return journey.original().headers().first(header).map(String::strip).filter(word -> !word.isEmpty());
    }

    private static String priorities() {
        return Arrays.stream(Priority.values()).map(Priority::id).collect(Collectors.joining(", ", "one of ", ""));
    }

    private static Unroutable meaningless(Journey journey, String header, String word, String right) {
        return new Unroutable(
                Problem.permanent(
                        400, "invalid_header", "%s: it is \"%s\"; %s is expected".formatted(header, word, right)),
                journey.trace().read());
    }
}
