package dev.signalbox.guard.health;

import java.time.Duration;

/**
 * How something stands with somebody.
 *
 * @param level how well it is
 * @param turn whose turn it is, if it is slow or unhealthy
 * @param left how long it is still let alone; zero if it is not
 * @param why in words; empty if it is well
 */
record Standing(Level level, Turn turn, Duration left, String why) {

    static final Standing WELL = new Standing(Level.HEALTHY, Turn.ANYBODY, Duration.ZERO, "");

    /** Who may go there. */
    enum Turn {
        /** Nothing is in the way. */
        ANYBODY,
        /** It is let alone for a while. */
        NOBODY,
        /** One may look how it is. */
        ONE,
        /** One is looking. */
        TAKEN
    }

    static Standing free(Level level, String why) {
        return new Standing(level, Turn.ANYBODY, Duration.ZERO, why);
    }

    /** Whether requests are kept off. */
    boolean keepsOff() {
        return turn == Turn.NOBODY || turn == Turn.TAKEN;
    }

    /** In whole seconds, at least one. */
    Duration wholeSeconds() {
        return Duration.ofSeconds(Math.max(1, left.plusNanos(999_999_999).toSeconds()));
    }

    /** For operators. */
    String words() {
        return switch (turn) {
            case ANYBODY -> why;
            case NOBODY ->
                "%s; asked again in %d s".formatted(why, wholeSeconds().toSeconds());
            case ONE -> why + "; the next request looks whether it is well again";
            case TAKEN -> why + "; a request is looking whether it is well again";
        };
    }
}
