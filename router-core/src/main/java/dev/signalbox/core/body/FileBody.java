package dev.signalbox.core.body;

import dev.signalbox.api.Body;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/** A body in a temporary file, which ends when the body and all its readers are closed. */
final class FileBody implements Body {

    private static final int PIECE = 64 * 1024;

    private final TemporaryFile file;
    private final long size;
    private final AtomicBoolean closed = new AtomicBoolean();

    FileBody(TemporaryFile file, long size) {
        this.file = file;
        this.size = size;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public InputStream open() throws IOException {
        if (closed.get()) {
            throw new IOException("The body was closed");
        }
        file.hold();
        return new Reader(file, size);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        try (InputStream in = open()) {
            byte[] piece = new byte[(int) Math.min(PIECE, Math.max(1, size))];
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                out.write(piece, 0, count);
            }
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            end(file);
        }
    }

    static void end(TemporaryFile file) {
        try {
            file.close();
        } catch (IOException failure) {
            System.getLogger(FileBody.class.getName())
                    .log(System.Logger.Level.WARNING, "A temporary file could not be deleted.", failure);
        }
    }

    /** Skips without reading, so that a splice gets at its ranges at once. One thread uses it. */
    private static final class Reader extends InputStream {

        private final TemporaryFile file;
        private final long size;
        private final AtomicBoolean closed = new AtomicBoolean();
        private long at;

        Reader(TemporaryFile file, long size) {
            this.file = file;
            this.size = size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            if (closed.get()) {
                throw new IOException("The reader was closed");
            }
            int count = length == 0 ? 0 : file.read(at, bytes, from, length);
            at += Math.max(0, count);
            return count;
        }

        @Override
        public long skip(long count) {
            long skipped = Math.clamp(count, 0, size - at);
            at += skipped;
            return skipped;
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                end(file);
            }
        }
    }
}
