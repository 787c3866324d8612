package dev.signalbox.bench;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Takes the HTTP/1.1 messages of one connection apart as their bytes arrive: requests or replies, one after another.
 * Not for more than one thread at a time.
 */
final class HttpReader {
    private static final int MAX_LINE = 1 << 13;
    private static final int MAX_LINES = 100;
    private static final int UNKNOWN = -1;

    private final boolean replies;
    private final Sink sink;
    private final byte[] line = new byte[MAX_LINE];
    private int lineLength;
    private int lines;
    private String start = "";
    private State state = State.HEAD;
    private boolean chunked;
    private int rest;

    private HttpReader(boolean replies, Sink sink) {
        this.replies = replies;
        this.sink = sink;
    }

    static HttpReader ofRequests(Sink sink) {
        return new HttpReader(false, sink);
    }

    static HttpReader ofReplies(Sink sink) {
        return new HttpReader(true, sink);
    }

    /** Is told what a message consists of. */
    interface Sink {
        void head(String startLine);

        /** What remains in the buffer is a part of the body; it need not be read. */
        void body(ByteBuffer part);

        void end();
    }

    private enum State {
        HEAD,
        COUNTED,
        UNTIL_CLOSED,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER
    }

    /** Reads all that remains in the buffer. */
    void read(ByteBuffer bytes) throws ProtocolException {
        while (bytes.hasRemaining()) {
            switch (state) {
                case COUNTED, CHUNK, UNTIL_CLOSED -> readBody(bytes);
                case HEAD, CHUNK_SIZE, CHUNK_END, TRAILER -> readLine(bytes);
            }
        }
    }

    /** Learns that the other side has closed, which is the proper end of a reply that does not tell its length. */
    void closed() {
        if (state == State.UNTIL_CLOSED) {
            finish();
        }
    }

    private void readBody(ByteBuffer bytes) {
        int length = state == State.UNTIL_CLOSED ? bytes.remaining() : Math.min(rest, bytes.remaining());
        int limit = bytes.limit();
        int end = bytes.position() + length;
        sink.body(bytes.limit(end));
        bytes.limit(limit).position(end);
        if (state != State.UNTIL_CLOSED) {
            rest -= length;
            if (rest == 0) {
                endOfPart();
            }
        }
    }

    private void endOfPart() {
        if (state == State.CHUNK) {
            state = State.CHUNK_END;
        } else {
            finish();
        }
    }

    private void readLine(ByteBuffer bytes) throws ProtocolException {
        while (bytes.hasRemaining()) {
            byte b = bytes.get();
            if (b == '\n') {
                int length = lineLength > 0 && line[lineLength - 1] == '\r' ? lineLength - 1 : lineLength;
                lineLength = 0;
                endOfLine(length);
                return;
            }
            if (lineLength == MAX_LINE) {
                throw new ProtocolException("a line of a head is longer than " + MAX_LINE + " bytes");
            }
            line[lineLength++] = b;
        }
    }

    private void endOfLine(int length) throws ProtocolException {
        switch (state) {
            case HEAD -> headLine(length);
            case CHUNK_SIZE -> {
                rest = chunkSize(length);
                state = rest == 0 ? State.TRAILER : State.CHUNK;
            }
            case CHUNK_END -> state = State.CHUNK_SIZE;
            case TRAILER -> {
                if (length == 0) {
                    finish();
                }
            }
            case COUNTED, CHUNK, UNTIL_CLOSED -> throw new IllegalStateException("a body has no lines");
        }
    }

    private void headLine(int length) throws ProtocolException {
        if (lines == 0) {
            rest = UNKNOWN;
            chunked = false;
            start = text(0, length);
            lines = length == 0 ? 0 : 1; // empty lines before a message are allowed
        } else if (length == 0) {
            lines = 0;
            sink.head(start);
            beginBody();
        } else if (++lines > MAX_LINES) {
            throw new ProtocolException("a head has more than " + MAX_LINES + " lines");
        } else {
            header(length);
        }
    }

    private void header(int length) throws ProtocolException {
        if (begins(length, "content-length:")) {
            rest = number(text("content-length:".length(), length).strip(), 10);
        } else if (begins(length, "transfer-encoding:")) {
            chunked = text(0, length).toLowerCase(Locale.ROOT).endsWith("chunked");
        }
    }

    private void beginBody() {
        if (chunked) {
            state = State.CHUNK_SIZE;
        } else if (rest > 0) {
            state = State.COUNTED;
        } else if (rest == UNKNOWN && replies) {
            state = State.UNTIL_CLOSED;
        } else {
            finish();
        }
    }

    private void finish() {
        state = State.HEAD;
        sink.end();
    }

    private int chunkSize(int length) throws ProtocolException {
        int end = 0;
        while (end < length && HexFormat.isHexDigit(line[end])) {
            end++;
        }
        return number(text(0, end), 16);
    }

    private boolean begins(int length, String name) {
        if (length < name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (Character.toLowerCase((char) line[i]) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private String text(int from, int to) {
        return new String(line, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static int number(String text, int radix) throws ProtocolException {
        try {
            int number = Integer.parseInt(text, radix);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new ProtocolException("\"" + text + "\" is not a length");
    }
}
