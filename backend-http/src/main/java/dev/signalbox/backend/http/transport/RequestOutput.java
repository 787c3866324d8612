package dev.signalbox.backend.http.transport;

import dev.signalbox.backend.http.transport.TransportException.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/**
 * Takes a request: joins small pieces in the connection's buffer and lets large ones pass uncopied. Remembers whether
 * it was the socket that failed, for what fails may also be the source of the body.
 */
final class RequestOutput extends OutputStream {

    private static final int LARGEST_WRITE =
            64 * 1024; // the JDK keeps a native buffer of the size of the largest write

    private final OutputStream out;
    private final byte[] buffer;
    private int filled;
    private long allowed = Long.MAX_VALUE;
    private boolean broken;

    RequestOutput(Connection connection) {
        this.out = connection.output();
        this.buffer = connection.buffer();
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
        for (int i = 0; i < text.length(); i++) {
            put((byte) text.charAt(i));
        }
    }

    @Override
    public void write(int b) throws IOException {
        count(1);
        put((byte) b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        count(length);
        if (length > buffer.length - filled) {
            flushBuffer();
        }
        if (length >= buffer.length) {
            pass(bytes, offset, length);
        } else {
            System.arraycopy(bytes, offset, buffer, filled, length);
            filled += length;
        }
    }

    private void put(byte b) throws IOException {
        if (filled == buffer.length) {
            flushBuffer();
        }
        buffer[filled++] = b;
    }

    private void count(int bytes) throws IOException {
        if (bytes > allowed) {
            throw new Fault(Reason.REQUEST, "the body of the request is longer than it said");
        }
        allowed -= bytes;
    }

    private void flushBuffer() throws IOException {
        int count = filled;
        filled = 0;
        send(buffer, 0, count);
    }

    private void pass(byte[] bytes, int offset, int length) throws IOException {
        for (int sent = 0; sent < length; sent += LARGEST_WRITE) {
            send(bytes, offset + sent, Math.min(LARGEST_WRITE, length - sent));
        }
    }

    private void send(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException failure) {
            broken = true;
            throw failure;
        }
    }
}
