package dev.signalbox.backend.echo;

import dev.signalbox.api.frame.Framing;
import dev.signalbox.backend.echo.SpokenBody.Utterance;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * An answer in frames.
 *
 * @param said what it says
 * @param manner how its dialect puts it
 * @param framing what frames of that dialect are
 * @param pace the pause before each word but the first
 * @param usage whether the client asked for the tokens
 */
record Streamed(Said said, Manner manner, Framing framing, Duration pace, boolean usage) {

    Speech spoken(Optional<Mishap> mishap) {
        Stream<Utterance> opening = atOnce(manner.opening(said));
        if (mishap.isEmpty()) {
            return say(Stream.of(opening, content(), atOnce(manner.closing(said, usage))), new Ending.Quiet());
        }
        Stream<Utterance> half = content().limit((said.output() + 1) / 2);
        Stream<Utterance> error = atOnce(List.of(manner.error(mishap.get().words())));
        return switch (mishap.get().at()) {
            case HEAD, BEFORE_CONTENT -> say(Stream.of(opening, error), new Ending.Quiet());
            case MID_STREAM -> say(Stream.of(opening, half, error), new Ending.Quiet());
            case STALL -> say(Stream.of(opening, half), new Ending.Silence());
            case TRUNCATE -> say(Stream.of(opening, half), new Ending.Quiet());
            case GARBAGE -> say(Stream.of(atOnce(List.of(Speech.NONSENSE))), new Ending.Quiet());
        };
    }

    private Stream<Utterance> content() {
        if (said.tool().isPresent()) {
            return atOnce(List.of(manner.call(said, said.tool().get())));
        }
        AtomicBoolean begun = new AtomicBoolean(); // a stream tells nobody which element is its first
        return said.pieces()
                .map(piece -> new Utterance(begun.getAndSet(true) ? pace : Duration.ZERO, manner.word(said, piece)));
    }

    private static Stream<Utterance> atOnce(List<String> frames) {
        return frames.stream().map(frame -> new Utterance(Duration.ZERO, frame));
    }

    /** Concatenated, not flattened: that would make all frames before the first is sent. */
    private Speech say(Stream<Stream<Utterance>> parts, Ending ending) {
        String type = framing == Framing.NDJSON ? "application/x-ndjson" : "text/event-stream";
        return new Speech(parts.reduce(Stream.empty(), Stream::concat), ending, type);
    }
}
