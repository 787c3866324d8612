package dev.signalbox.ledger.sqlite;

import dev.signalbox.spi.Ledger.Total;

/**
 * One account in memory: how it stands, and how much of it the file counts as spent already. What the file counts is never
 * less than what is used, so that a process that dies has spent too much in the file and not too little. Guarded by the
 * ledger's lock.
 */
final class Purse {

    /** A block is so small a part of the limit, and where there is none so much. */
    private static final long PARTS = 50;

    private static final long BLOCK_WITHOUT_LIMIT = 1_000_000;
    private static final long UNKNOWN = -1;

    private Total total = Total.NONE;
    private long covered;
    private long wanted;
    private long limit = UNKNOWN;
    private boolean moved; // since the file was written

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
        return left >= 0 && (left >= block() / 4 || (limit != UNKNOWN && covered >= limit));
    }

    /** Somebody could not be given so much. */
    void want(long amount, long ofLimit) {
        know(ofLimit);
        wanted = Math.max(wanted, amount);
        moved = true;
    }

    void reserve(long amount, long ofLimit) {
        know(ofLimit);
        total = total.reserving(amount);
        moved = true;
    }

    void settle(long amount, long spent) {
        total = total.settling(amount, spent);
        moved = true;
    }

    /** Whoever has no limit does not lift that of others. */
    private void know(long ofLimit) {
        if (ofLimit != Long.MAX_VALUE || limit == UNKNOWN) {
            limit = ofLimit;
        }
    }

    private long block() {
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
        boolean stays = !moved || enough;
        moved = false;
        if (stays) {
            return covered;
        }
        return Math.min(used + wanted + block(), Math.max(limit, used + wanted));
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

    /** The file does not: it is to be tried again. */
    void uncovered() {
        moved = true;
    }
}
