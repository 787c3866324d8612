package dev.signalbox.guard.health;

import java.time.Duration;
import java.util.Optional;

/**
 * What has become of the requests to one target, or to all targets of one backend. Immutable, and a function of what it
 * was told alone: who asks says from when on that is not well.
 *
 * @param whole whether it is of a whole backend, which is not unwell because one of its models is
 * @param streak failures in a row
 * @param rate the share of failures
 * @param speed how long the first content takes
 * @param vain how many trials one after the other were in vain
 * @param spread where in its range the next pause lies, from 0 to 1
 * @param triedAt when the last trial ended without an answer, in nanoseconds; empty if none did
 * @param trial the trial that is under way
 */
record Course(
        boolean whole,
        Streak streak,
        Rate rate,
        Speed speed,
        int vain,
        double spread,
        Optional<Long> triedAt,
        Optional<Long> trial) {

    private static final int MOST = 1_000;

    /** Of one to which nothing has happened yet. */
    static Course fresh(boolean whole, double spread) {
        return new Course(whole, Streak.NONE, Rate.NONE, Speed.UNKNOWN, 0, spread, Optional.empty(), Optional.empty());
    }

    // What happens.

    /** A reply came to its good end. */
    Course answered(long now, Rhythm rhythm) {
        return new Course(whole, Streak.NONE, rate.answered(now, rhythm), speed, 0, spread, triedAt, trial);
    }

    /** A request failed that was not the trial, or after its first content. */
    Course failed(Trouble trouble, long now, Rhythm rhythm, double newSpread) {
        return new Course(
                whole,
                streak.and(trouble, now),
                rate.failed(trouble, whole, now, rhythm),
                speed,
                vain,
                newSpread,
                triedAt,
                trial);
    }

    /** A probe found nobody. That is no request, so it has no part in their share. */
    Course missed(Trouble trouble, long now, double newSpread) {
        return new Course(whole, streak.and(trouble, now), rate, speed, vain, newSpread, triedAt, trial);
    }

    /** The first content took that long. */
    Course began(Duration firstContent, long now) {
        return with(speed.and(firstContent, now));
    }

    /** One looks how it is. */
    Course trying(long id) {
        return with(Optional.of(id));
    }

    /** Whether that one is looking. */
    boolean triedBy(long id) {
        return trial.filter(own -> own == id).isPresent();
    }

    /** The trial never was. */
    Course undone() {
        return with(Optional.empty());
    }

    /** The trial has its first content: what was before does not count any more. */
    Course wellAgain() {
        return new Course(whole, Streak.NONE, Rate.NONE, speed, vain, spread, Optional.empty(), Optional.empty());
    }

    /** The trial's first content took that long; it is looked at whether that is slow still. */
    Course beganAnew(Duration firstContent, Thresholds thresholds, Optional<Double> best, long now) {
        Course anew = with(speed.anew(firstContent, now));
        return anew.with(anew.speed.again(anew.slow(thresholds, best)));
    }

    /** The trial failed. */
    Course inVain(Trouble trouble, long now, Rhythm rhythm, double newSpread) {
        Course failed = undone().failed(trouble, now, rhythm, newSpread);
        return failed.tried(Math.min(MOST, vain + 1), now, newSpread);
    }

    /** The trial's client left before anything was to be seen. */
    Course undecided(long now, double newSpread) {
        return undone().tried(vain, now, newSpread);
    }

    /** Somebody answers there again: what ends is that nobody was there, once it is time to look. */
    Course seen(long now, Rhythm rhythm) {
        boolean time = streak.length() > 0 && leftNanos(streak.last(), now, rhythm, vain) <= 0;
        if (!time || !streak.nobodyThere() || trial.isPresent()) {
            return this;
        }
        boolean nothingElse = rate.worst() == 0 || rate.nobodyThere();
        return nothingElse ? wellAgain() : with(Streak.NONE);
    }

    private Course with(Streak other) {
        return new Course(whole, other, rate, speed, vain, spread, triedAt, trial);
    }

    private Course tried(int times, long now, double newSpread) {
        return new Course(whole, streak, rate, speed, times, newSpread, Optional.of(now), trial);
    }

    private Course with(Speed other) {
        return new Course(whole, streak, rate, other, vain, spread, triedAt, trial);
    }

    private Course with(Optional<Long> other) {
        return new Course(whole, streak, rate, speed, vain, spread, triedAt, other);
    }

    // How it stands.

    /**
     * How it stands with whoever has these thresholds.
     *
     * @param best how many seconds the first content of the best of the chain takes; empty if nobody knows
     */
    Standing standing(Thresholds thresholds, Optional<Double> best, long now, Rhythm rhythm) {
        if (isQuiet()) {
            return Standing.WELL;
        }
        Level inARow =
                !whole || streak.several() || streak.nobodyThere() ? streak.level(thresholds.inARow()) : Level.HEALTHY;
        boolean row = inARow == Level.UNHEALTHY;
        boolean share = rate.trips(thresholds.rate());
        if (row || share) {
            long left = Math.max(
                    row ? leftNanos(streak.last(), now, rhythm, vain) : 0,
                    share ? leftNanos(rate.since(), now, rhythm, vain) : 0);
            return kept(Level.UNHEALTHY, left, vain, row ? streak.words() : rate.words(), now, rhythm);
        }
        if (slow(thresholds, best)) {
            long left = leftNanos(speed.last(), now, rhythm, speed.again());
            return kept(Level.SLOW, left, speed.again(), slowWords(best), now, rhythm);
        }
        return inARow == Level.DEGRADED ? Standing.free(Level.DEGRADED, streak.words()) : Standing.WELL;
    }

    private Standing kept(Level level, long sinceThen, int times, String why, long now, Rhythm rhythm) {
        long left = Math.max(
                sinceThen, triedAt.map(at -> leftNanos(at, now, rhythm, times)).orElse(0L));
        if (trial.isPresent()) {
            return new Standing(level, Standing.Turn.TAKEN, Duration.ZERO, why);
        }
        return left > 0
                ? new Standing(level, Standing.Turn.NOBODY, Duration.ofNanos(left), why)
                : new Standing(level, Standing.Turn.ONE, Duration.ZERO, why);
    }

    /** Whether nothing is wrong and nobody is looking: what is lost with it is only how fast it was. */
    boolean isUneventful() {
        return streak.length() == 0 && rate.worst() == 0 && trial.isEmpty();
    }

    /** Whether nothing has ever been wrong, and nobody knows how fast it is: then it stands well with everybody. */
    boolean isQuiet() {
        return streak.length() == 0 && rate.worst() == 0 && !speed.known();
    }

    private long leftNanos(long since, long now, Rhythm rhythm, int times) {
        return since + rhythm.pauseNanos(times, spread) - now;
    }

    private boolean slow(Thresholds thresholds, Optional<Double> best) {
        return thresholds.slower().isPresent()
                && best.isPresent()
                && speed.slow(thresholds.slower().get(), best.get());
    }

    private String slowWords(Optional<Double> best) {
        return String.format(
                java.util.Locale.ROOT,
                "its first content takes %.1f s, that of the best of the chain %.1f s",
                speed.seconds(),
                best.orElse(0.0));
    }
}
