package dev.signalbox.backend.http.transport;

import dev.signalbox.backend.http.transport.TransportException.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Takes a request: joins its pieces and sends them as often as the buffer is full. Remembers whether it was the socket
 * that failed, for what fails may also be the source of the body.
 */
final class RequestOutput extends OutputStream {

    private final Connection connection;
    private final ByteBuffer buffer;
    private long allowed = Long.MAX_VALUE;
    private boolean broken;

    /** Output to that connection by way of an empty buffer, which the caller gets back. */
    RequestOutput(Connection connection, ByteBuffer buffer) {
        this.connection = connection;
        this.buffer = buffer;
    }

    /** From now on exactly that many bytes must come until {@link #finish}. */
    void expect(long bytes) {
        allowed = bytes;
    }

    /** Sends what is left. */
    void finish() throws IOException {
        if (allowed != 0) {
            throw new Fault(
                    Reason.REQUEST, "the body of the request is %d bytes shorter than it said".formatted(allowed));
        }
        flushBuffer();
    }

    /** Whether the socket did not take what was written. */
    boolean broken() {
        return broken;
    }

    /** Writes text that must be printable Latin-1; what it is part of is told if it is not. */
    void text(String text, String part) throws IOException {
        check(text, part);
        latin(text);
    }

    /** Refuses what a header cannot hold, a line break above all. */
    static void check(String text, String part) throws Fault {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f || c > 0xff) {
                throw new Fault(Reason.REQUEST, "%s holds a character that cannot be sent, at %d".formatted(part, i));
            }
        }
    }

    /** Writes text known to be harmless. */
    void latin(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        put(bytes, 0, bytes.length);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        count(length);
        put(bytes, offset, length);
    }

    private void put(byte[] bytes, int offset, int length) throws IOException {
        int end = offset + length;
        for (int at = offset; at < end; ) {
            if (!buffer.hasRemaining()) {
                flushBuffer();
            }
            int count = Math.min(end - at, buffer.remaining());
            buffer.put(bytes, at, count);
            at += count;
        }
    }

    private void count(int bytes) throws IOException {
        if (bytes > allowed) {
            throw new Fault(Reason.REQUEST, "the body of the request is longer than it said");
        }
        allowed -= bytes;
    }

    private void flushBuffer() throws IOException {
        try {
            connection.send(buffer.flip());
        } catch (IOException failure) {
            broken = true;
            throw failure;
        } finally {
            buffer.clear();
        }
    }
}
