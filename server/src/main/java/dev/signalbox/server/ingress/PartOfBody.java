package dev.signalbox.server.ingress;

import dev.signalbox.api.Body;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Some of another body's bytes, which stay there. Closing it does nothing; it can be read until the other one is closed.
 *
 * @param whole the other one
 * @param from where it begins
 * @param size how many bytes it has
 */
record PartOfBody(Body whole, long from, long size) implements Body {

    @Override
    public InputStream open() throws IOException {
        InputStream in = whole.open();
        boolean there = false;
        try {
            in.skipNBytes(from);
            there = true;
            return new Bounded(in, size);
        } finally {
            if (!there) {
                in.close();
            }
        }
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        try (InputStream in = open()) {
            in.transferTo(out);
        }
    }

    private static final class Bounded extends FilterInputStream {

        private long left;

        Bounded(InputStream in, long most) {
            super(in);
            this.left = most;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left == 0 && length > 0) {
                return -1;
            }
            int count = super.read(into, offset, (int) Math.min(length, left));
            left -= Math.max(count, 0);
            return count;
        }

        @Override
        public long skip(long bytes) throws IOException {
            long skipped = super.skip(Math.min(bytes, left));
            left -= skipped;
            return skipped;
        }

        @Override
        public int available() throws IOException {
            return (int) Math.min(super.available(), left);
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
