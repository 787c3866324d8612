package dev.signalbox.core.dialect;

import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Deadline;
import java.time.Duration;

/** How long one request waits for memory: not beyond its own end, and a minute at most. Any thread may ask and tell. */
final class Patience {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Cancellation cancellation;
    private volatile Deadline until;

    Patience(Cancellation cancellation, Deadline until) {
        this.cancellation = cancellation;
        this.until = until;
    }

    /** Of nobody in particular. */
    static Patience standard() {
        return new Patience(Cancellation.create(), Deadline.never());
    }

    /** When the request must have ended. */
    Deadline until() {
        return until;
    }

    void until(Deadline deadline) {
        until = deadline;
    }

    Duration left() {
        Duration left = until.remaining();
        return left.compareTo(LONGEST) < 0 ? left : LONGEST;
    }

    /** Runs something as soon as nobody wants to wait any more. */
    Cancellation.Registration onEnd(Runnable action) {
        return cancellation.onCancel(action);
    }
}
