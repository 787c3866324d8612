package dev.signalbox.core.room;

import dev.signalbox.api.Target;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** A visitor does not get in. */
public final class RoomException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** It would have had to wait, and every way in has a gate with a full queue. */
        FULL("the queue is full"),
        /** Its deadline came first. */
        OVERDUE("not let in before the wait was over"),
        /** It was cancelled. */
        CANCELLED("cancelled while it waited"),
        /** No way in is left. */
        NOWHERE("nowhere left to go"),
        /** The room is closed. */
        CLOSED("the router is closing");

        private final String words;

        Reason(String words) {
            this.words = words;
        }
    }

    private final Reason reason;
    private final transient Optional<Duration> retryAfter;
    private final transient SequencedMap<Target, String> heldUp;

    RoomException(Reason reason, Optional<Duration> retryAfter, Map<Target, String> heldUp) {
        super(heldUp.isEmpty() ? reason.words : reason.words + ": " + heldUp);
        this.reason = reason;
        this.retryAfter = retryAfter;
        this.heldUp = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(heldUp));
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }

    /** When coming back may help, for {@code FULL}; empty if nobody knows. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** What kept it out of each target when it was last asked, best target first; empty if it was never held up. */
    public SequencedMap<Target, String> heldUp() {
        return heldUp;
    }
}
