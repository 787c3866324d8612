package dev.signalbox.core.room;

import dev.signalbox.api.Target;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Why a waiter could not start through one door when it was last asked.
 *
 * @param target where the door leads
 * @param gates whose place it needs, and the ground of the host if others there are in its way
 * @param full whether a gate without a place was all that was in the way: then nobody else was asked
 * @param reason in a few words
 * @param askAgainAt on the room's clock; {@link Long#MAX_VALUE} for never
 */
record Holdup(Target target, List<Gate> gates, boolean full, String reason, long askAgainAt) {

    static Holdup full(Door door, List<Gate> gates, Gate gate) {
        return new Holdup(door.target(), gates, true, gate.whyFull(), Long.MAX_VALUE);
    }

    static Holdup later(Door door, List<Gate> gates, String reason) {
        return later(door, gates, reason, Long.MAX_VALUE);
    }

    static Holdup later(Door door, List<Gate> gates, String reason, long askAgainAt) {
        return new Holdup(door.target(), gates, false, reason, askAgainAt);
    }

    /** Whether asking again is surely in vain as long as nothing but places was given back. */
    boolean stillFull() {
        return full && gates.stream().anyMatch(gate -> !gate.hasPlace());
    }

    boolean queueIsFull() {
        return gates.stream().anyMatch(Gate::queueIsFull);
    }

    /** About when the queues of its gates will have moved; empty if nobody knows. */
    Optional<Duration> retryAfter() {
        return gates.stream().flatMap(gate -> gate.retryAfter().stream()).max(Duration::compareTo);
    }
}
