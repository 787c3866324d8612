package dev.signalbox.bench;

import java.time.Duration;

/**
 * How long things take.
 *
 * @param warmUp what each contender gets before anything counts
 * @param longestWarmUp what a JVM gets that still compiles or still gets faster
 * @param slice one turn of one contender
 * @param rounds how many turns each has
 * @param ramp the least time over which slow streams are begun
 * @param hold how long all slow streams run at once
 * @param cancels how many requests of each kind are left by their client, for each contender
 */
record Timing(
        Duration warmUp,
        Duration longestWarmUp,
        Duration slice,
        int rounds,
        Duration ramp,
        Duration hold,
        int cancels) {

    static Timing full() {
        return new Timing(
                Duration.ofSeconds(15),
                Duration.ofMinutes(3),
                Duration.ofSeconds(3),
                5,
                Duration.ofSeconds(10),
                Duration.ofSeconds(20),
                30);
    }

    /**
     * The same time and more in many short turns: for two of whom one takes hardly more than the other, since a machine is
     * faster at one time and slower at another by more than that.
     */
    Timing fine() {
        return new Timing(warmUp, longestWarmUp, slice.dividedBy(3), rounds * 5, ramp, hold, cancels);
    }

    /** Enough to see whether the bench works; too short to be believed. */
    static Timing quick() {
        return new Timing(
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                2,
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                5);
    }
}
