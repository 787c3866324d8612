package dev.signalbox.guard.health;

import java.time.Duration;

/**
 * How long a target's first content takes: each new one counts for three tenths.
 *
 * @param seconds the average
 * @param samples how many it is of
 * @param last when the last one was, in nanoseconds
 * @param again how often it was looked at again and was slow still
 */
record Speed(double seconds, int samples, long last, int again) {

    static final Speed UNKNOWN = new Speed(0, 0, 0, 0);

    /** Fewer tell nothing. */
    static final int ENOUGH = 5;

    private static final double NEW = 0.3;

    /** A difference that nobody feels is none. */
    private static final double FELT = 1;

    Speed and(Duration firstContent, long now) {
        double took = seconds(firstContent);
        double average = samples == 0 ? took : seconds + NEW * (took - seconds);
        return new Speed(average, Math.min(ENOUGH, samples + 1), now, again);
    }

    /** Somebody looked again on purpose: that alone counts from now on. */
    Speed anew(Duration firstContent, long now) {
        return new Speed(seconds(firstContent), ENOUGH, now, again);
    }

    Speed again(boolean slowStill) {
        return new Speed(seconds, samples, last, slowStill ? again + 1 : 0);
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    boolean known() {
        return samples >= ENOUGH;
    }

    /** Whether it is so many times as slow as that. */
    boolean slow(double factor, double best) {
        return known() && seconds >= factor * best && seconds - best >= FELT;
    }
}
