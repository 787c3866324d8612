package dev.signalbox.guard.memory.plan;

import dev.signalbox.api.Target;
import java.time.Duration;

/**
 * A model that takes memory of a machine.
 *
 * @param target which
 * @param bytes what it takes
 * @param promised what the requests it is answering may take beyond that
 * @param movable whether its runtime can unload it
 * @param busy whether it must not go now: it is answering, on its way in or on its way out
 * @param reload how long it would take to bring it back
 * @param likelihood how likely it is to be wanted again soon, from 0 to 1
 * @param lastUse when it was used last, in nanoseconds on any clock
 */
public record Occupant(
        Target target,
        long bytes,
        long promised,
        boolean movable,
        boolean busy,
        Duration reload,
        double likelihood,
        long lastUse) {

    Occupant promising(long other) {
        return new Occupant(target, bytes, other, movable, busy, reload, likelihood, lastUse);
    }

    long all() {
        return bytes + promised;
    }

    /** What it costs to let it go. */
    double cost() {
        return reload.toNanos() * likelihood;
    }
}
