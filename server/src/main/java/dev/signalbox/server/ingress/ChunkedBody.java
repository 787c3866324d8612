package dev.signalbox.server.ingress;

import io.helidon.common.buffers.DataReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The body of a request that does not tell its length. Looks at the size of each chunk before Helidon, which would take
 * all of it into memory. One thread reads.
 */
final class ChunkedBody extends FilterInputStream {

    private static final int LONGEST_LINE = 256;

    private final DataReader reader;
    private final ChunkBudget budget;
    private long left; // of the chunk Helidon has
    private int taken;
    private boolean ended;

    ChunkedBody(InputStream in, DataReader reader, ChunkBudget budget) {
        super(in);
        this.reader = reader;
        this.budget = budget;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (left == 0 && !ended) {
            giveBack();
            left = nextSize();
            ended = left == 0;
            taken = budget.take(left);
        }
        int count = super.read(bytes, offset, length);
        left -= Math.max(count, 0);
        return count;
    }

    @Override
    public void close() {
        giveBack(); // and leave the rest to whoever ends the request
    }

    /** The size of the next chunk, of which nothing is consumed; 0 for the last. */
    private long nextSize() {
        int length = reader.findNewLine(LONGEST_LINE);
        if (length == 0 || length == LONGEST_LINE) {
            throw malformed();
        }
        long size;
        try {
            size = Long.parseLong(reader.getBuffer(length).readString(length), 16);
        } catch (NumberFormatException extended) { // Helidon does not take extensions of chunks either
            throw malformed();
        }
        if (size < 0) {
            throw malformed();
        }
        return size;
    }

    private static Refused malformed() {
        return Refused.permanent(400, "bad_request", "The body has a chunk whose size is no hexadecimal number.");
    }

    private void giveBack() {
        budget.giveBack(taken);
        taken = 0;
    }
}
