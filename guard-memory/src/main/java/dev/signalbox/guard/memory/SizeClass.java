package dev.signalbox.guard.memory;

/**
 * How large the context of a request is, by the power of two it needs: what a long prompt does to a server says nothing of
 * a short one.
 *
 * @param power 0 is whatever size, and what is not longer than {@value #SMALL} tokens
 */
record SizeClass(int power) implements Comparable<SizeClass> {

    /** Shorter than that no prompt is to blame: what fails with it fails with any. */
    private static final long SMALL = 2_048;

    /** Whatever the size. */
    static final SizeClass ANY = new SizeClass(0);

    static SizeClass of(long tokens) {
        return tokens <= SMALL ? ANY : new SizeClass(Long.SIZE - Long.numberOfLeadingZeros((tokens - 1) / SMALL));
    }

    /** The fewest tokens that belong to it. */
    long fewest() {
        return power == 0 ? 0 : (SMALL << (power - 1)) + 1;
    }

    @Override
    public int compareTo(SizeClass other) {
        return Integer.compare(power, other.power);
    }
}
