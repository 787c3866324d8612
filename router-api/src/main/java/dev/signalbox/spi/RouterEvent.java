package dev.signalbox.spi;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.Target;
import dev.signalbox.api.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Something that happened in the router. Open: new events come with new versions. */
public interface RouterEvent {

    /** When. */
    Instant at();

    /** A request came and was understood. */
    record Received(Instant at, String traceId, String dialect, String model, String caller) implements RouterEvent {}

    /** A target was left out of the chain. */
    record Skipped(Instant at, String traceId, Target target, String by, String reason) implements RouterEvent {}

    /** A request waits; {@code position} is its place among those that want what it wants, from 1. */
    record Waiting(Instant at, String traceId, int position, String reason) implements RouterEvent {}

    /** An attempt was let in after so long a wait and is on its way. */
    record Attempted(Instant at, String traceId, Target target, Duration waited) implements RouterEvent {}

    /** An attempt failed before the first content. */
    record AttemptFailed(Instant at, String traceId, Target target, Failure failure) implements RouterEvent {}

    /** The first content is here, so long after the target was asked; what was prepared before does not count. */
    record Committed(Instant at, String traceId, Target target, Duration timeToFirstContent) implements RouterEvent {}

    /** A guard or the engine had something to say. */
    record Noted(Instant at, String traceId, String by, String note) implements RouterEvent {}

    /** A request is over. Exactly one for each {@link Received}. */
    record Finished(Instant at, RouteTrace trace, Optional<Usage> usage) implements RouterEvent {}

    /** A backend's state changed. */
    record BackendChanged(Instant at, String backend, BackendState before, BackendState now, String cause)
            implements RouterEvent {}

    /**
     * A guard thinks otherwise of a target or a backend from now on.
     *
     * @param by the guard's type
     * @param of the target or the backend
     * @param before what it thought, in a word such as {@code healthy}
     * @param now what it thinks
     * @param cause why
     */
    record JudgementChanged(Instant at, String by, String of, String before, String now, String cause)
            implements RouterEvent {}

    /** The configuration was exchanged. */
    record Reconfigured(Instant at) implements RouterEvent {}
}
