package dev.signalbox.core.json;

import java.util.Comparator;

/** Bytes that stand in for a range of others. Immutable; the array is its own. */
final class Patch {

    static final Comparator<Patch> IN_ORDER =
            Comparator.comparingLong(Patch::from).thenComparingLong(Patch::to);

    private static final byte[] NOTHING = new byte[0];

    private final long from;
    private final long to;
    private final byte[] bytes;

    /**
     * Makes a patch.
     *
     * @param from the offset of the first byte that goes
     * @param to the offset after the last byte that goes; the same as {@code from} if none goes
     * @param bytes what stands there instead
     */
    Patch(long from, long to, byte[] bytes) {
        this.from = from;
        this.to = to;
        this.bytes = bytes;
    }

    static Patch cut(long from, long to) {
        return new Patch(from, to, NOTHING);
    }

    long from() {
        return from;
    }

    long to() {
        return to;
    }

    byte[] bytes() {
        return bytes;
    }

    /** By how much the text gets longer. */
    long growth() {
        return bytes.length - (to - from);
    }
}
