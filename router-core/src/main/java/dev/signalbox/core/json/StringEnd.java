package dev.signalbox.core.json;

import dev.signalbox.api.Body;
import dev.signalbox.core.json.JsonIndex.Span;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Finds the end of a string that a parser passed by, without decoding it. */
final class StringEnd {

    private static final int PIECE = 8 * 1024;

    private StringEnd() {}

    /** The offset after the value. */
    static long of(Body body, Span value) throws IOException {
        return value.open() ? scan(body, value.start()) : value.end();
    }

    private static long scan(Body body, long start) throws IOException {
        try (InputStream in = body.open()) {
            in.skipNBytes(start + 1);
            byte[] piece = new byte[PIECE];
            long offset = start + 1;
            boolean escaped = false;
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                for (int i = 0; i < count; i++) {
                    if (piece[i] == '"' && !escaped) {
                        return offset + i + 1;
                    }
                    escaped = piece[i] == '\\' && !escaped;
                }
                offset += count;
            }
        }
        throw new EOFException("The string at byte %,d does not end".formatted(start));
    }
}
