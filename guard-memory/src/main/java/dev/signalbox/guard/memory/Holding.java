package dev.signalbox.guard.memory;

import java.time.Instant;

/** A model that takes memory. */
record Holding(Figure size, State state, Instant since) {

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
        return new Holding(size, other, since);
    }

    boolean isMoving() {
        return state == State.COMING || state == State.GOING;
    }
}
