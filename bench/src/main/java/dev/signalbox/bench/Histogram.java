package dev.signalbox.bench;

/**
 * Counts durations in buckets whose width grows with the value: 128 buckets for each doubling, so a value read back is
 * off by at most 0.4 percent. Not for more than one thread at a time.
 */
final class Histogram {
    private static final int EXACT = 256;
    private static final int PER_DOUBLING = EXACT / 2;
    private static final int EXACT_BITS = 8;
    private static final int BUCKETS = EXACT + (Long.SIZE - 1 - EXACT_BITS) * PER_DOUBLING;

    private final long[] buckets = new long[BUCKETS];
    private long count;
    private long highest;

    /** Counts one duration in nanoseconds; what is below zero counts as zero. */
    void add(long nanos) {
        long value = Math.max(0, nanos);
        buckets[bucket(value)]++;
        count++;
        highest = Math.max(highest, value);
    }

    void add(Histogram other) {
        for (int i = 0; i < BUCKETS; i++) {
            buckets[i] += other.buckets[i];
        }
        count += other.count;
        highest = Math.max(highest, other.highest);
    }

    long count() {
        return count;
    }

    /** Tells the largest value, exactly; 0 if nothing was counted. */
    long highest() {
        return highest;
    }

    /** Tells how many values were larger, give or take those in the same bucket. */
    long above(long nanos) {
        long above = 0;
        for (int i = bucket(nanos) + 1; i < BUCKETS; i++) {
            above += buckets[i];
        }
        return above;
    }

    /** Tells the value that {@code percent} of all values do not exceed; 0 if nothing was counted. */
    long percentile(double percent) {
        long rank = (long) Math.ceil(count * percent / 100);
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += buckets[i];
            if (seen >= rank && seen > 0) {
                return Math.min(highest, middle(i));
            }
        }
        return 0;
    }

    private static int bucket(long value) {
        if (value < EXACT) {
            return (int) value;
        }
        int shift = Long.SIZE - Long.numberOfLeadingZeros(value) - EXACT_BITS;
        return EXACT + (shift - 1) * PER_DOUBLING + (int) (value >>> shift) - PER_DOUBLING;
    }

    private static long middle(int bucket) {
        if (bucket < EXACT) {
            return bucket;
        }
        int shift = (bucket - EXACT) / PER_DOUBLING + 1;
        int from = (bucket - EXACT) % PER_DOUBLING + PER_DOUBLING;
        long width = 1L << shift;
        return from * width + width / 2;
    }
}
