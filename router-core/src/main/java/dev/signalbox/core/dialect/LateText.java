package dev.signalbox.core.dialect;

import com.fasterxml.jackson.core.JsonParser;
import dev.signalbox.api.Body;
import dev.signalbox.core.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * A string of a body, decoded whenever somebody asks what it says. Most rules ask for the last message only, and to pass
 * by the others takes a third of the time.
 */
final class LateText {

    private static final int SHORT = 1_000; // bytes

    private final Body body;
    private final long start;
    private long length; // written by the one who reads the body, before anybody else knows of it

    /**
     * A string of that body, which is JSON.
     *
     * @param start the offset of its opening quote
     */
    LateText(Body body, long start) {
        this.body = body;
        this.start = start;
        this.length = body.size() - start;
    }

    /** Something else begins there. */
    void endsBefore(long offset) {
        length = offset - start;
    }

    /** How many bytes it has in the body at most, which is how many characters it has at most. */
    long length() {
        return length;
    }

    /** Whether it is hardly worth the trouble. */
    boolean isShort() {
        return length < SHORT;
    }

    /** Whether it says nothing, whatever white space follows it. */
    boolean isEmpty() {
        try (InputStream in = at(start + 1)) {
            return in.read() == '"';
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What it says. */
    @Override
    public String toString() {
        try (JsonParser parser = Json.parser(at(start))) {
            parser.nextToken();
            return parser.getText();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private InputStream at(long offset) throws IOException {
        InputStream in = body.open();
        in.skipNBytes(offset);
        return in;
    }
}
