package dev.signalbox.backend.http.transport;

import java.io.IOException;

/** A body that ends with the connection, so that nobody can tell a whole one from one that was cut. */
final class ClosingBody extends ReplyBody {

    private final Input input;
    private boolean over;

    ClosingBody(Input input, Exchange exchange, Runnable giveBack) {
        super(exchange, giveBack);
        this.input = input;
    }

    @Override
    int fetch(byte[] to, int offset, int length) throws IOException {
        int count = input.read(to, offset, length);
        over = count < 0;
        return count;
    }

    @Override
    boolean complete() {
        return over;
    }

    @Override
    int ready() {
        return input.buffered();
    }
}
