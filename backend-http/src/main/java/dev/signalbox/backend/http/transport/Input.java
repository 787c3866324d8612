package dev.signalbox.backend.http.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The bytes a server sends, seen through a buffer of bounded size. Knows lines, not what they mean. */
final class Input {

    private static final int LARGEST_READ = 64 * 1024; // the JDK keeps a native buffer of the size of the largest read

    /** Nearly all frames fit: thousands of slow streams keep it. */
    private static final int SMALLEST = 512;

    private static final int LARGEST = 16 * 1024;

    private final InputStream in;
    private byte[] buffer = new byte[SMALLEST]; // larger as soon as more comes at once than it holds
    private int position;
    private int limit;
    private boolean touched;

    Input(InputStream in) {
        this.in = in;
    }

    /** A request is about to be sent: what was read so far belongs to earlier replies. */
    void begin() {
        touched = false;
    }

    /** Whether a byte came since then. */
    boolean touched() {
        return touched;
    }

    /** How many bytes can be had without asking the network. */
    int buffered() {
        return limit - position;
    }

    byte at(int index) {
        return buffer[position + index];
    }

    String text(int from, int to) {
        return new String(buffer, position + from, to - from, StandardCharsets.ISO_8859_1);
    }

    void skip(int count) {
        position += count;
    }

    /** Waits for more bytes; false if there are none to come. */
    boolean fill() throws IOException {
        makeRoom();
        int count = in.read(buffer, limit, buffer.length - limit);
        limit += Math.max(count, 0);
        touched |= count > 0;
        return count >= 0;
    }

    /** Up to that many bytes, waiting only if none is buffered; -1 at the end. */
    int read(byte[] to, int offset, int most) throws IOException {
        if (buffered() == 0) {
            if (most >= buffer.length) {
                return in.read(to, offset, Math.min(most, LARGEST_READ));
            }
            if (!fill()) {
                return -1;
            }
        }
        return take(to, offset, most);
    }

    /** Up to that many bytes of those that are buffered. */
    int take(byte[] to, int offset, int most) {
        int count = Math.min(most, buffered());
        System.arraycopy(buffer, position, to, offset, count);
        position += count;
        return count;
    }

    /**
     * The length of the line that comes next, without its end; {@link #skipLine} goes past it.
     *
     * @param longest what it may have at most; less than the largest buffer holds
     * @param wait whether to wait until the line is whole
     * @return -1 if it is not whole and nobody wants to wait
     */
    int line(int longest, boolean wait) throws IOException {
        int seen = 0;
        while (true) {
            int end = carriageReturn(seen);
            if (end + 1 < buffered()) {
                return checked(end, longest);
            }
            if (end > longest) {
                throw tooLong(longest);
            }
            if (!wait) {
                return -1;
            }
            if (!fill()) {
                throw Fault.truncated("the connection ended before the reply did");
            }
            seen = end;
        }
    }

    void skipLine(int length) {
        position += length + 2;
    }

    /** Where the next carriage return is, or where it may be when more has come. */
    private int carriageReturn(int from) throws Fault {
        for (int i = position + from; i < limit; i++) {
            if (buffer[i] == '\r') {
                return i - position;
            }
            if (buffer[i] == '\n') {
                throw Fault.malformed("a line ends with a line feed alone, not with carriage return and line feed");
            }
        }
        return limit - position;
    }

    private int checked(int end, int longest) throws Fault {
        if (at(end + 1) != '\n') {
            throw Fault.malformed("a carriage return without a line feed");
        }
        if (end > longest) {
            throw tooLong(longest);
        }
        return end;
    }

    private static Fault tooLong(int longest) {
        return Fault.malformed("a line of its framing has more than %d bytes".formatted(longest));
    }

    private void makeRoom() {
        if (limit == buffer.length) {
            byte[] room = buffer.length < LARGEST ? new byte[Math.min(LARGEST, 4 * buffer.length)] : buffer;
            System.arraycopy(buffer, position, room, 0, buffered());
            buffer = room;
            limit -= position;
            position = 0;
        } else if (position == limit) {
            position = 0;
            limit = 0;
        }
    }
}
