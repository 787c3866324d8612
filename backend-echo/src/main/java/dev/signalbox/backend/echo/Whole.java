package dev.signalbox.backend.echo;

import dev.signalbox.backend.echo.SpokenBody.Utterance;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An answer that is not streamed.
 *
 * @param json all of it
 * @param pause how long it takes
 */
record Whole(String json, Duration pause) {

    Speech spoken(Optional<Mishap> mishap) {
        if (mishap.isEmpty()) {
            return say(json, new Ending.Quiet());
        }
        String half = json.substring(0, json.length() / 2);
        Ending broken = new Ending.Break(mishap.get().failure());
        return switch (mishap.get().at()) {
            case HEAD, BEFORE_CONTENT -> say("", broken);
            case MID_STREAM -> say(half, broken);
            case STALL -> say(half, new Ending.Silence());
            case TRUNCATE -> say(half, new Ending.Quiet());
            case GARBAGE -> say(Speech.NONSENSE, new Ending.Quiet());
        };
    }

    private Speech say(String text, Ending ending) {
        return new Speech(Stream.of(new Utterance(pause, text)), ending, "application/json");
    }
}
