package dev.signalbox.core.json;

import dev.signalbox.api.Body;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Finds where strings of a body end, one after the other in a single pass, without decoding them. One thread uses it. */
public final class StringFinder implements AutoCloseable {

    private static final int PIECE = 16 * 1024;

    private final InputStream in;
    private final byte[] piece = new byte[PIECE];
    private long offset; // of the byte after the piece
    private int at; // the next byte of the piece
    private int count;

    /** Over that body, from its beginning. */
    public StringFinder(Body body) throws IOException {
        this.in = body.open();
    }

    /**
     * The string whose opening quote is there.
     *
     * @param start an offset after the string that was asked for before
     */
    public LongText at(long start) throws IOException {
        goTo(start + 1);
        boolean escaped = false;
        for (long next = start + 1; ; next++) {
            byte one = read(start);
            if (one == '"' && !escaped) {
                return new LongText(start, next + 1);
            }
            escaped = one == '\\' && !escaped;
        }
    }

    private void goTo(long wanted) throws IOException {
        long ahead = wanted - offset;
        if (ahead > 0) {
            in.skipNBytes(ahead);
            offset = wanted;
            at = count;
        } else {
            at = Math.toIntExact(count + ahead);
        }
    }

    private byte read(long start) throws IOException {
        if (at == count) {
            count = in.read(piece);
            at = 0;
            if (count < 0) {
                throw new EOFException("The string at byte %,d does not end".formatted(start));
            }
            offset += count;
        }
        return piece[at++];
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
