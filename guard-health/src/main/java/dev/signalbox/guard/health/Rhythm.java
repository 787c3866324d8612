package dev.signalbox.guard.health;

import dev.signalbox.spi.PluginConfig;
import java.time.Duration;

/**
 * The times that hold for everybody.
 *
 * @param window how long an outcome counts for the share of failures
 * @param fewest so many outcomes there must be for a share
 * @param pause how long something unhealthy is let alone the first time
 * @param longest and after many trials in vain
 */
record Rhythm(Duration window, int fewest, Duration pause, Duration longest) {

    static final Rhythm STANDARD = new Rhythm(Duration.ofMinutes(1), 10, Duration.ofSeconds(30), Duration.ofMinutes(5));

    /** Into so many parts the window is cut, each of which is forgotten at once. */
    static final int SLICES = 10;

    private static final int MOST_DOUBLINGS = 20;

    static Rhythm of(PluginConfig general) {
        Duration pause = general.get(HealthGuardFactory.PAUSE);
        Duration longest = general.get(HealthGuardFactory.LONGEST_PAUSE);
        return new Rhythm(
                general.get(HealthGuardFactory.WINDOW),
                Math.toIntExact(general.get(HealthGuardFactory.FEWEST)),
                pause,
                longest.compareTo(pause) < 0 ? pause : longest);
    }

    /**
     * The pause after so many trials in vain: twice as long each time, and spread by a quarter, so that several routers
     * do not come at once.
     *
     * @param spread where in that quarter, from 0 to 1
     */
    long pauseNanos(int trials, double spread) {
        double least = pause.toNanos();
        double most = longest.toNanos();
        double middle = Math.min(most, least * Math.pow(2, Math.min(trials, MOST_DOUBLINGS)));
        double from = Math.max(least, middle * 0.75);
        double to = Math.max(from, Math.min(most, middle * 1.25));
        return (long) (from + (to - from) * spread);
    }

    /** The part of the window that a moment falls into. */
    long slice(long now) {
        return Math.floorDiv(now, Math.max(1, window.toNanos() / SLICES));
    }
}
