package dev.signalbox.core.json;

import dev.signalbox.api.Body;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/**
 * A string of a body that may be many megabytes long, read in pieces so that it is in memory twice at most, and for a
 * moment. A parser would copy it four times. The body is known to be JSON in UTF-8.
 *
 * @param start the offset of its opening quote
 * @param end the offset after its closing quote
 */
public record LongText(long start, long end) {

    private static final long LONG = 256 * 1024;
    private static final int PIECE = 16 * 1024;

    /**
     * How long it is.
     *
     * @param chars how many UTF-16 code units
     * @param wide whether one of them is beyond Latin-1, so that all of them take two bytes
     */
    public record Measure(int chars, boolean wide) {

        /** How many bytes it takes while it is read. */
        public long memory() {
            return chars * (wide ? 4L : 2L);
        }
    }

    /** Whether it is worth the trouble. */
    public boolean isLong() {
        return end - start > LONG;
    }

    /** Reads it to see how long it is. */
    public Measure measure(Body body) throws IOException {
        int[] chars = {0};
        int[] all = {0};
        each(body, c -> {
            chars[0]++;
            all[0] |= c;
        });
        return new Measure(chars[0], all[0] > 0xFF);
    }

    /** What it says. */
    public String read(Body body, Measure measure) throws IOException {
        int[] at = {0};
        if (measure.wide()) {
            char[] text = new char[measure.chars()];
            each(body, c -> text[at[0]++] = c);
            return new String(text);
        }
        byte[] text = new byte[measure.chars()];
        each(body, c -> text[at[0]++] = (byte) c);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private void each(Body body, Unescaping.Sink sink) throws IOException {
        try (InputStream in = body.open()) {
            in.skipNBytes(start + 1);
            Reader reader = new InputStreamReader(new FirstBytes(in, end - start - 2), StandardCharsets.UTF_8);
            Unescaping unescaping = new Unescaping(sink);
            char[] piece = new char[PIECE];
            for (int count = reader.read(piece); count >= 0; count = reader.read(piece)) {
                for (int i = 0; i < count; i++) {
                    unescaping.take(piece[i]);
                }
            }
        }
    }
}
