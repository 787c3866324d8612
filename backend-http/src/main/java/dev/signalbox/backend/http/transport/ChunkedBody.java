package dev.signalbox.backend.http.transport;

import java.io.IOException;

/**
 * A body in chunks. A chunk is no message: several that have arrived are read as one, and one that arrives in pieces is
 * read in pieces.
 */
final class ChunkedBody extends ReplyBody {

    /** What the framing expects next, once the current chunk is used up. */
    private enum Next {
        SIZE,
        END_OF_DATA,
        TRAILER,
        NOTHING
    }

    private static final int LONGEST_SIZE_LINE = 1024; // with extensions, which nobody needs
    private static final int MOST_DIGITS = 15; // a long without a sign
    private static final int MOST_TRAILERS = 100;

    private final Input input;
    private long left;
    private int trailers;
    private Next next = Next.SIZE;

    ChunkedBody(Input input, Exchange exchange, Runnable giveBack) {
        super(exchange, giveBack);
        this.input = input;
    }

    @Override
    int fetch(byte[] to, int offset, int length) throws IOException {
        if (!advance(true)) {
            return -1;
        }
        int count = data(to, offset, length);
        while (goesOn() && count < length) {
            int more = input.take(to, offset + count, (int) Math.min(length - count, left));
            left -= more;
            count += more;
        }
        return count;
    }

    @Override
    boolean complete() {
        return next == Next.NOTHING;
    }

    @Override
    int ready() {
        return (int) Math.min(left, input.buffered());
    }

    private int data(byte[] to, int offset, int length) throws IOException {
        int count = input.read(to, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw Fault.truncated("the reply ends %d bytes before the end of a chunk".formatted(left));
        }
        left -= count;
        return count;
    }

    /** Whether more data is at hand. Trouble ahead is left for the next read, which has nothing to lose. */
    private boolean goesOn() throws IOException {
        try {
            return advance(false) && input.buffered() > 0;
        } catch (Fault ahead) {
            return false;
        }
    }

    /** Goes to where data is; false if there is none, or none yet and nobody wants to wait. */
    private boolean advance(boolean wait) throws IOException {
        while (left == 0 && next != Next.NOTHING) {
            int length = input.line(longest(), wait);
            if (length < 0) {
                return false;
            }
            next = follow(length);
            input.skipLine(length);
        }
        return left > 0;
    }

    /** Understands a line of the framing, without going past it: until then it can be read again. */
    private Next follow(int length) throws Fault {
        return switch (next) {
            case SIZE -> {
                left = size(length);
                yield left > 0 ? Next.END_OF_DATA : Next.TRAILER;
            }
            case END_OF_DATA -> Next.SIZE;
            case TRAILER -> length == 0 ? Next.NOTHING : trailer();
            case NOTHING -> Next.NOTHING;
        };
    }

    private int longest() {
        return switch (next) {
            case SIZE -> LONGEST_SIZE_LINE;
            case END_OF_DATA, NOTHING -> 0;
            case TRAILER -> HeadReader.LONGEST_LINE;
        };
    }

    private Next trailer() throws Fault {
        if (++trailers > MOST_TRAILERS) {
            throw Fault.malformed("more than %d lines after the last chunk".formatted(MOST_TRAILERS));
        }
        return Next.TRAILER;
    }

    private long size(int length) throws Fault {
        int digits = 0;
        long size = 0;
        while (digits < length && Character.digit(input.at(digits), 16) >= 0) {
            if (digits == MOST_DIGITS) {
                throw Fault.malformed("the size of a chunk has more than %d digits".formatted(MOST_DIGITS));
            }
            size = size * 16 + Character.digit(input.at(digits), 16);
            digits++;
        }
        if (digits == 0 || !ends(digits, length)) {
            throw Fault.malformed("a chunk does not begin with its size in hexadecimal digits");
        }
        return size;
    }

    /** Whether only blanks or an extension follow. */
    private boolean ends(int from, int length) {
        int at = from;
        while (at < length && (input.at(at) == ' ' || input.at(at) == '\t')) {
            at++;
        }
        return at == length || input.at(at) == ';';
    }
}
