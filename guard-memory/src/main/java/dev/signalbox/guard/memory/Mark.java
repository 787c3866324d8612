package dev.signalbox.guard.memory;

import java.time.Duration;

/**
 * That something ran out of memory.
 *
 * @param size how large the smallest request was with which it did
 * @param at when it did last, in nanoseconds
 * @param times how often it did, each time before the cool-down of the time before was over
 */
record Mark(SizeClass size, long at, int times) {

    /** Requests that fail together fail of the same thing. */
    private static final long TOGETHER = Duration.ofSeconds(5).toNanos();

    private static final int MOST = 1_000;

    /** The mark after it failed once more. */
    Mark again(long now, Duration cooldown) {
        boolean repeats = now - at > TOGETHER && left(now, cooldown) > 0;
        boolean over = left(now, cooldown) <= 0;
        return new Mark(size, now, over ? 1 : Math.min(MOST, repeats ? times + 1 : times));
    }

    /** Nanoseconds until it is tried again by whoever lets it cool down so long; nothing or less if it may be. */
    long left(long now, Duration cooldown) {
        long most = MemoryGuardFactory.LONGEST.toNanos();
        long wanted = cooldown.toNanos() > most / times ? most : cooldown.toNanos() * times;
        return at + wanted - now;
    }
}
