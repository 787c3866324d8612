package dev.signalbox.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of a request. They can be read any number of times, also by several threads at once, until the body is
 * closed; whoever made a body closes it.
 */
public interface Body extends AutoCloseable {

    /** How many bytes there are. */
    long size();

    /** The bytes from the start; the caller closes the stream. */
    InputStream open() throws IOException;

    /** Writes all bytes, in as few writes as the body has pieces; does not flush and does not close. */
    void writeTo(OutputStream out) throws IOException;

    /** Gives back what holds the bytes: memory or a temporary file. Does nothing the second time. */
    @Override
    default void close() {}

    /** A body of these bytes, which must not change afterwards. */
    static Body of(byte[] bytes) {
        return new Body() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                out.write(bytes);
            }
        };
    }

    /** A body of this text in UTF-8. */
    static Body of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }
}
