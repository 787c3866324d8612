package dev.signalbox.core.body;

import dev.signalbox.api.Body;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicReference;

/** A body in memory that gives its share of the budget back when it is closed. */
final class MemoryBody implements Body {

    private final Budget budget;
    private final long size;
    private final AtomicReference<byte[]> bytes;

    /** The share is already taken. */
    MemoryBody(byte[] bytes, Budget budget) {
        this.budget = budget;
        this.size = bytes.length;
        this.bytes = new AtomicReference<>(bytes);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public InputStream open() throws IOException {
        return new ByteArrayInputStream(bytes());
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes());
    }

    private byte[] bytes() throws IOException {
        byte[] held = bytes.get();
        if (held == null) {
            throw new IOException("The body was closed");
        }
        return held;
    }

    @Override
    @SuppressWarnings("NullAway") // an empty reference is how the bytes become garbage
    public void close() {
        if (bytes.getAndSet(null) != null) {
            budget.giveBack(size);
        }
    }
}
