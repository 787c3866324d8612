package dev.signalbox.spi;

import dev.signalbox.api.Target;
import dev.signalbox.api.Usage;
import java.time.Duration;
import java.util.Optional;

/**
 * How an attempt went.
 *
 * @param target which target
 * @param profile the matched profile's name; empty for a target reached without one
 * @param settings the guard's options in that profile
 * @param phase whether the answer has begun or everything is over
 * @param outcome how it went up to here
 * @param timeToFirstContent how long the target took to the first content, without what had to be prepared before it was
 *     asked; empty if there was none, or the answer is not streamed
 * @param usage the tokens; empty before the end and where nobody can tell
 * @param request what was asked
 */
public record AttemptReport(
        Target target,
        String profile,
        PluginConfig settings,
        Phase phase,
        Outcome outcome,
        Optional<Duration> timeToFirstContent,
        Optional<Usage> usage,
        RequestView request) {

    /** When the report is made. */
    public enum Phase {
        /** The first content is here. */
        COMMITTED,
        /** Everything is over. */
        ENDED
    }

    /** How it went. Closed. */
    public sealed interface Outcome {
        /** Well, up to here. */
        record Answered() implements Outcome {}

        /** Not, before or after the commit. */
        record Failed(Failure failure) implements Outcome {}

        /** The client left or the caller cancelled; nobody's fault. */
        record ClientLeft() implements Outcome {}
    }
}
