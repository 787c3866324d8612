package dev.signalbox.backend.http.transport;

import java.io.IOException;

/** A body of a length told before. */
final class LengthBody extends ReplyBody {

    private final Input input;
    private long left;

    LengthBody(Input input, long length, Exchange exchange, Runnable giveBack) {
        super(exchange, giveBack);
        this.input = input;
        this.left = length;
    }

    @Override
    int fetch(byte[] to, int offset, int length) throws IOException {
        int count = input.read(to, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw Fault.truncated("the reply ends %d bytes before its Content-Length".formatted(left));
        }
        left -= count;
        return count;
    }

    @Override
    boolean complete() {
        return left == 0;
    }

    @Override
    int ready() {
        return (int) Math.min(left, input.buffered());
    }
}
