package dev.signalbox.api;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A moment by which something must have ended. Immutable; measured on a clock that never goes back. */
public final class Deadline {

    /** About a hundred years: long enough never to come, short enough never to overflow. */
    private static final long NEVER = TimeUnit.DAYS.toNanos(36_500);

    private final LongSupplier ticks;
    private final long at;

    private Deadline(LongSupplier ticks, long at) {
        this.ticks = ticks;
        this.at = at;
    }

    /** That long from now. */
    public static Deadline after(Duration time) {
        return after(time, System::nanoTime);
    }

    /**
     * That long from now on the given clock.
     *
     * @param ticks nanoseconds since some moment, never going back, like {@link System#nanoTime}
     */
    public static Deadline after(Duration time, LongSupplier ticks) {
        return new Deadline(ticks, ticks.getAsLong() + nanos(time));
    }

    /** So far away that it does not matter. */
    public static Deadline never() {
        return new Deadline(System::nanoTime, System.nanoTime() + NEVER);
    }

    /** What is left, never negative. */
    public Duration remaining() {
        return Duration.ofNanos(remainingNanos());
    }

    /** What is left in nanoseconds, never negative. */
    public long remainingNanos() {
        return Math.max(0, at - ticks.getAsLong());
    }

    /** Whether nothing is left. */
    public boolean expired() {
        return at - ticks.getAsLong() <= 0;
    }

    /** The earlier of this deadline and one that long from now on the same clock. */
    public Deadline within(Duration time) {
        long other = ticks.getAsLong() + nanos(time);
        return other - at < 0 ? new Deadline(ticks, other) : this;
    }

    /** The one that comes first. */
    public Deadline earlier(Deadline other) {
        return other.remainingNanos() < remainingNanos() ? other : this;
    }

    @Override
    public String toString() {
        return "in " + remaining();
    }

    private static long nanos(Duration time) {
        if (time.isNegative()) {
            return 0;
        }
        return time.compareTo(Duration.ofNanos(NEVER)) >= 0 ? NEVER : time.toNanos();
    }
}
