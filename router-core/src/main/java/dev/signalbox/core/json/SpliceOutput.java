package dev.signalbox.core.json;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Is given the original bytes and passes them on patched, in as few writes as there are pieces. */
final class SpliceOutput extends OutputStream {

    private final OutputStream out;
    private final List<Patch> patches;
    private int next; // the patch that is still to be written
    private long position; // of the original
    private long skipTo;

    SpliceOutput(OutputStream out, List<Patch> patches) {
        this.out = out;
        this.patches = patches;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        int at = from;
        int end = from + length;
        while (at < end) {
            exchange();
            int count = (int) Math.min(end - at, border() - position);
            if (position >= skipTo) {
                out.write(bytes, at, count);
            }
            position += count;
            at += count;
        }
    }

    private void exchange() throws IOException {
        while (position >= skipTo && next < patches.size() && patches.get(next).from() == position) {
            Patch patch = patches.get(next++);
            if (patch.bytes().length > 0) {
                out.write(patch.bytes());
            }
            skipTo = patch.to();
        }
    }

    /** Up to where the bytes share one fate. */
    private long border() {
        if (position < skipTo) {
            return skipTo;
        }
        return next < patches.size() ? patches.get(next).from() : Long.MAX_VALUE;
    }
}
