package dev.signalbox.server.ingress;

import dev.signalbox.api.Dialect;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

/** A body while it arrives. Hangs up on a client that began one and then sends nothing more. */
final class Arrival extends FilterInputStream implements Ticker.Timed {

    private final Ticker ticker;
    private final Duration patience;
    private final Dialect dialect;
    private final Optional<Connection> connection;
    private volatile long last;

    Arrival(InputStream in, Optional<Connection> connection, Ticker ticker, Duration patience, Dialect dialect) {
        super(in);
        this.connection = connection;
        this.ticker = ticker;
        this.patience = patience;
        this.dialect = dialect;
        this.last = ticker.now();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        last = ticker.now();
        return count;
    }

    @Override
    public void tick(long now) {
        if (now - last >= patience.toNanos()) {
            last = now; // once is enough
            connection.ifPresent(
                    client -> Thread.startVirtualThread(() -> client.hangUp(Heads.tooSlow(dialect, patience))));
        }
    }
}
