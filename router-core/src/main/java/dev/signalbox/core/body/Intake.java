package dev.signalbox.core.body;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Bytes being read into memory. Takes its share of the budget before it takes the memory, and gives it back when it is
 * closed unless a body has it by then. One thread uses it.
 */
final class Intake implements AutoCloseable {

    private final Budget budget;
    private final long most;
    private byte[] bytes = new byte[0];
    private int count;
    private long share;

    Intake(Budget budget, long most) {
        this.budget = budget;
        this.most = most;
    }

    /** Makes room for so many more bytes, or as many as may be; false if there can be no more room at all. */
    boolean grow(long wanted) {
        long more = Math.min(wanted, most - share);
        boolean full = wanted > 0 && more <= 0;
        if (full || !budget.take(more)) {
            return false;
        }
        share += more;
        bytes = Arrays.copyOf(bytes, (int) share);
        return true;
    }

    /** Reads until the room is full or the stream ends; returns how many bytes there are now. */
    int fill(InputStream in) throws IOException {
        count += in.readNBytes(bytes, count, bytes.length - count);
        return count;
    }

    int count() {
        return count;
    }

    int room() {
        return bytes.length;
    }

    /** The bytes read. */
    byte[] bytes() {
        return count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
    }

    /** Hands bytes and share over. */
    MemoryBody body() {
        budget.giveBack(share - count);
        share = 0;
        return new MemoryBody(bytes(), budget);
    }

    @Override
    public void close() {
        budget.giveBack(share);
    }
}
