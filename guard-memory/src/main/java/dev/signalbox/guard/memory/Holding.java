package dev.signalbox.guard.memory;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * A model that takes memory.
 *
 * @param context with which context it is loaded; empty where its server does not tell
 * @param kept whether its server was told how long to keep it, where that was to be said
 */
record Holding(Figure size, State state, Instant since, OptionalLong context, boolean kept) {

    /** Where it is. */
    enum State {
        /** In memory. */
        THERE,
        /** Perhaps in memory: something went wrong, and nobody has looked since. */
        UNSURE,
        /** On its way in. */
        COMING,
        /** On its way out. */
        GOING
    }

    Holding as(State other) {
        return new Holding(size, other, since, context, kept);
    }

    Holding asKept() {
        return new Holding(size, state, since, context, true);
    }

    /** It has gone, and may come back without anybody having said how long it is to be kept. */
    Holding astray() {
        return new Holding(size, State.UNSURE, since, context, false);
    }

    boolean isMoving() {
        return state == State.COMING || state == State.GOING;
    }

    /** Whether requests that want so large a context can be answered without loading it again, as far as is known. */
    boolean holds(OptionalLong wanted) {
        return wanted.isEmpty() || context.isEmpty() || wanted.getAsLong() <= context.getAsLong();
    }
}
