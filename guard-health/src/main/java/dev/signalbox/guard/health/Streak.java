package dev.signalbox.guard.health;

/**
 * Failures one after the other, with no answer between them.
 *
 * @param length how many
 * @param last when the last one was, in nanoseconds
 * @param source whose the last one was
 * @param several whether they are of more than one
 * @param nobodyThere whether all of them are that nobody was there
 * @param cause what the last one was
 */
record Streak(int length, long last, String source, boolean several, boolean nobodyThere, String cause) {

    static final Streak NONE = new Streak(0, 0, "", false, true, "");

    private static final int MOST = 1_000_000;

    Streak and(Trouble trouble, long now) {
        boolean other = length > 0 && !source.equals(trouble.source());
        return new Streak(
                Math.min(MOST, length + 1),
                now,
                trouble.source(),
                several || other,
                nobodyThere && trouble.nobodyThere(),
                trouble.cause());
    }

    Level level(int threshold) {
        if (length < threshold) {
            return Level.HEALTHY;
        }
        return length < 2 * threshold ? Level.DEGRADED : Level.UNHEALTHY;
    }

    String words() {
        return "failed %d times in a row, last with %s".formatted(length, cause);
    }
}
