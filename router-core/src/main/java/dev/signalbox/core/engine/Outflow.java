package dev.signalbox.core.engine;

import java.util.Arrays;

/** Bytes on their way out: appended at one end, taken at the other. For one thread. */
final class Outflow {

    private static final byte[] NOTHING = new byte[0];
    private static final int KEPT = 64 * 1024;

    private byte[] bytes = NOTHING;
    private int from;
    private int to;

    int size() {
        return to - from;
    }

    void append(byte[] more) {
        append(more, 0, more.length);
    }

    void append(byte[] more, int offset, int length) {
        if (to + length > bytes.length) {
            makeRoom(length);
        }
        System.arraycopy(more, offset, bytes, to, length);
        to += length;
    }

    int take(byte[] into, int offset, int length) {
        int count = Math.min(length, size());
        System.arraycopy(bytes, from, into, offset, count);
        from += count;
        if (from == to) {
            from = 0;
            to = 0;
            bytes = bytes.length > KEPT ? NOTHING : bytes;
        }
        return count;
    }

    /** Forgets what was not taken. */
    void clear() {
        from = 0;
        to = 0;
    }

    byte[] copy() {
        return Arrays.copyOfRange(bytes, from, to);
    }

    /** What is there, for whoever only reads it and is done with it before anything else is appended. */
    byte[] look() {
        return from == 0 && to == bytes.length ? bytes : copy();
    }

    private void makeRoom(int length) {
        int needed = Math.addExact(size(), length);
        byte[] target =
                needed > bytes.length ? new byte[Math.max(needed, Math.min(2 * bytes.length + 512, 1 << 30))] : bytes;
        System.arraycopy(bytes, from, target, 0, size());
        to = size();
        from = 0;
        bytes = target;
    }
}
