package dev.signalbox.backend.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.signalbox.spi.RequestView;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;

/** The messages of a chat as they were written, to be gone through any number of times. For one thread. */
abstract sealed class Messages {

    /** Beyond this the messages are not taken into memory. */
    private static final long LARGE = 1024L * 1024;

    /** An image is a long string. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** Those of a request. */
    static Messages of(RequestView request) {
        return request.size() <= LARGE ? new Held(request.raw("/messages").orElse("")) : new Passing(request);
    }

    /** Whether it is worth going through them for what is marked by that. */
    abstract boolean mayHold(Pattern sign);

    /** A parser in front of them, which the caller closes. */
    final JsonParser parser() throws IOException {
        return parser(0);
    }

    /** The text that begins at a {@link #place}. */
    final String text(long place) throws IOException {
        try (JsonParser parser = parser(place)) {
            parser.nextToken();
            return parser.getText();
        }
    }

    /** Where the value begins that the parser stands at. */
    static long place(JsonParser parser) {
        long chars = parser.currentTokenLocation().getCharOffset();
        return chars < 0 ? parser.currentTokenLocation().getByteOffset() : chars; // it counts what it reads
    }

    abstract JsonParser parser(long place) throws IOException;

    /** A text, which is looked through at once. */
    private static final class Held extends Messages {

        private final String json;

        Held(String json) {
            this.json = json;
        }

        @Override
        boolean mayHold(Pattern sign) {
            return sign.matcher(json).find();
        }

        @Override
        JsonParser parser(long place) throws IOException {
            return JSON.createParser(place == 0 ? json : json.substring(Math.toIntExact(place)));
        }
    }

    /** Those of a large request: nothing of them is held, so that images and long talks take no memory. */
    private static final class Passing extends Messages {

        private final RequestView request;

        Passing(RequestView request) {
            this.request = request;
        }

        @Override
        boolean mayHold(Pattern sign) {
            return true; // only going through them tells
        }

        @Override
        JsonParser parser(long place) throws IOException {
            InputStream in = request.open("/messages").orElseGet(() -> new ByteArrayInputStream(new byte[0]));
            try {
                in.skipNBytes(place);
                return JSON.createParser(in);
            } catch (IOException failed) {
                in.close();
                throw failed;
            }
        }
    }
}
