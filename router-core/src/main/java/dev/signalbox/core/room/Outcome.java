package dev.signalbox.core.room;

import java.time.Duration;
import java.util.Optional;

/** How a visit to the room ended. */
sealed interface Outcome {

    /** It is in. */
    record In(Entry entry) implements Outcome {}

    /** It does not get in. */
    record Out(RoomException.Reason reason, Optional<Duration> retryAfter) implements Outcome {}

    /** One of the visitor's own methods, or of its doors', threw. */
    record Defect(Throwable failure) implements Outcome {}

    static Outcome in(Entry entry) {
        return new In(entry);
    }

    static Outcome out(RoomException.Reason reason) {
        return new Out(reason, Optional.empty());
    }
}
