package dev.signalbox.core.body;

import dev.signalbox.api.Body;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicBoolean;

/** A body in a temporary file that is deleted when it is closed. Each reader has a channel of its own. */
final class FileBody implements Body {

    private static final int PIECE = 64 * 1024;

    private final Path file;
    private final long size;
    private final AtomicBoolean closed = new AtomicBoolean();

    FileBody(Path file, long size) {
        this.file = file;
        this.size = size;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public InputStream open() throws IOException {
        return new Reader(FileChannel.open(file, StandardOpenOption.READ));
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
            delete(file);
        }
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            System.getLogger(FileBody.class.getName())
                    .log(System.Logger.Level.WARNING, "A temporary file could not be deleted.", failure);
        }
    }

    /** Skips without reading, so that a splice gets at its ranges at once. */
    private static final class Reader extends InputStream {

        private final FileChannel channel;

        Reader(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            return length == 0 ? 0 : channel.read(ByteBuffer.wrap(bytes, from, length));
        }

        @Override
        public long skip(long count) throws IOException {
            long at = channel.position();
            long to = Math.min(channel.size(), at + Math.max(0, count));
            channel.position(to);
            return to - at;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
