package dev.signalbox.core.json;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Reads the original and gives it patched. One thread reads. */
final class SpliceInput extends FilterInputStream {

    private final List<Patch> patches;
    private int next;
    private long position; // of the original
    private byte[] inserted = new byte[0];
    private int insertedAt;

    SpliceInput(InputStream in, List<Patch> patches) {
        super(in);
        this.patches = patches;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        exchange();
        if (insertedAt < inserted.length) {
            int count = Math.min(length, inserted.length - insertedAt);
            System.arraycopy(inserted, insertedAt, bytes, from, count);
            insertedAt += count;
            return count;
        }
        int count = in.read(bytes, from, (int) Math.min(length, border() - position));
        position += Math.max(0, count);
        return count;
    }

    private void exchange() throws IOException {
        while (insertedAt == inserted.length
                && next < patches.size()
                && patches.get(next).from() == position) {
            Patch patch = patches.get(next++);
            inserted = patch.bytes();
            insertedAt = 0;
            in.skipNBytes(patch.to() - position);
            position = patch.to();
        }
    }

    private long border() {
        return next < patches.size() ? patches.get(next).from() : Long.MAX_VALUE;
    }

    @Override
    public long skip(long count) throws IOException {
        byte[] passed = new byte[Math.clamp(count, 0, 8 * 1024)];
        return Math.max(0, read(passed, 0, passed.length));
    }

    @Override
    public int available() {
        return inserted.length - insertedAt;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
