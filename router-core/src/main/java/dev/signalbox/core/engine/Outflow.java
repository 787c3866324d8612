package dev.signalbox.core.engine;

import dev.signalbox.spi.BackendException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes on their way out: appended at one end, taken at the other. For one thread. */
final class Outflow {

    /** Where bytes come from; -1 at the end. */
    @FunctionalInterface
    interface Source {
        int read(byte[] into, int offset, int length) throws BackendException, InterruptedException;
    }

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

    /** Reads as much as comes at once into what room there is, of which it makes so many bytes if there are fewer. */
    int fill(int room, Source source) throws BackendException, InterruptedException {
        if (bytes.length - to < room) {
            makeRoom(room);
        }
        int count = source.read(bytes, to, bytes.length - to);
        to += Math.max(count, 0);
        return count;
    }

    /** Whether there is no room left. */
    boolean isFull() {
        return to == bytes.length;
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
    ByteBuffer look() {
        return ByteBuffer.wrap(bytes, from, size()).slice();
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
