package dev.signalbox.backend.http.transport;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The bytes of a reply. What kinds of framing have in common: ending well, ending badly, being closed by others. */
abstract class ReplyBody extends InputStream {

    private final Exchange exchange;
    private final Runnable giveBack;
    private boolean ended;
    private @Nullable TransportException failure;

    /**
     * A body of that exchange.
     *
     * @param giveBack runs once, when the last byte has been read
     */
    ReplyBody(Exchange exchange, Runnable giveBack) {
        this.exchange = exchange;
        this.giveBack = giveBack;
    }

    /** At least one byte, waiting if need be, and what else there is without waiting; -1 at the end. */
    abstract int fetch(byte[] to, int offset, int length) throws IOException;

    /** Whether nothing more will come, as far as can be told without asking the network. */
    abstract boolean complete();

    /** How many bytes can be had without asking the network. */
    abstract int ready();

    /** Gives the connection back if there is nothing to wait for. */
    final void endIfComplete() {
        if (!ended && complete()) {
            ended = true;
            giveBack.run();
        }
    }

    final void endWithin(Duration limit) {
        exchange.endsWithin(limit.toNanos());
    }

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public final int read(byte[] to, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, to.length);
        if (ended) {
            return -1;
        }
        if (failure != null) {
            throw failure;
        }
        return length == 0 ? 0 : fetchOrFail(to, offset, length);
    }

    @Override
    public final int available() {
        return ended || failure != null || !exchange.running() ? 0 : ready();
    }

    @Override
    public final void close() {
        exchange.close();
    }

    private int fetchOrFail(byte[] to, int offset, int length) throws TransportException {
        try {
            if (!exchange.running()) {
                throw new IOException("ended");
            }
            int count = fetch(to, offset, length);
            endIfComplete();
            return count;
        } catch (IOException trouble) {
            TransportException told = exchange.fail(trouble);
            failure = told;
            throw told;
        }
    }
}
