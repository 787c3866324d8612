package dev.signalbox.ledger.sqlite;

import dev.signalbox.spi.Ledger.Total;

/**
 * One account in memory: how it stands, and how much of it the file counts as spent already. What the file counts is never
 * less than what is used, so that a process that dies has spent too much in the file and not too little. Guarded by the
 * ledger's lock.
 */
final class Purse {

    /** A block is so small a part of the limit, and where there is none so much; or what two requests take, if that is more. */
    private static final long PARTS = 50;

    private static final long BLOCK_WITHOUT_LIMIT = 1_000_000;
    private static final long UNKNOWN = -1;

    /** A large request is remembered until so many small ones have come. */
    private static final long MEMORY = 16;

    private volatile Total total = Total.NONE; // read without the lock as well
    private long covered;
    private long wanted;
    private long usual; // about the most that requests have taken lately
    private long limit = UNKNOWN;
    private boolean moved; // since the clerk looked last

    /** What an earlier process has left. */
    void found(long charged) {
        total = new Total(total.spent() + charged, total.reserved());
        covered = charged;
    }

    Total total() {
        return total;
    }

    long covered() {
        return covered;
    }

    /** Whether so much may be given out of what is covered, with some left for answers that are longer than thought. */
    boolean covers(long amount) {
        long left = covered - total.used() - amount;
        return left >= 0 && (left >= share() / 4 || coversAll());
    }

    /** Whether so little is left that more is to be fetched before somebody has to wait for it. */
    boolean runsLow() {
        return covered - total.used() < block() / 2 && !coversAll();
    }

    private boolean coversAll() {
        return limit != UNKNOWN && covered >= limit;
    }

    /** Somebody could not be given so much. */
    void want(long amount, long ofLimit) {
        know(amount, ofLimit);
        wanted = Math.max(wanted, amount);
    }

    void reserve(long amount, long ofLimit) {
        know(amount, ofLimit);
        total = total.reserving(amount);
    }

    Total settle(long amount, long spent) {
        Total settled = total.settling(amount, spent);
        total = settled;
        return settled;
    }

    /** It is going to move; whether that is the first time since the clerk looked last. */
    boolean movesFirst() {
        boolean first = !moved;
        moved = true;
        return first;
    }

    /** The clerk has looked. */
    void seen() {
        moved = false;
    }

    /** Somebody will soon want some of it. */
    void expect(long ofLimit) {
        know(0, ofLimit);
    }

    /** Whoever has no limit does not lift that of others. */
    private void know(long amount, long ofLimit) {
        usual = Math.max(amount, usual - usual / MEMORY);
        if (ofLimit != Long.MAX_VALUE || limit == UNKNOWN) {
            limit = ofLimit;
        }
    }

    private long block() {
        return limit == UNKNOWN ? 0 : Math.max(share(), share() / 4 + 2 * usual);
    }

    private long share() {
        if (limit == UNKNOWN) {
            return 0; // then nobody asks for any of it
        }
        return limit == Long.MAX_VALUE ? BLOCK_WITHOUT_LIMIT : Math.max(1, limit / PARTS);
    }

    /** What the file is to count from now on; the same as now if that will do. */
    long next() {
        long used = total.used();
        long left = covered - used;
        boolean enough = wanted == 0 && left >= block() / 2 && left <= 2 * block();
        return enough ? covered : Math.min(used + wanted + block(), Math.max(limit, used + wanted));
    }

    /** What is counted less than now may not be given out any more, even before the file says so. */
    void lower(long next) {
        covered = Math.min(covered, next);
    }

    /** The file counts so much. */
    void covered(long written) {
        covered = written;
        wanted = 0;
    }
}
