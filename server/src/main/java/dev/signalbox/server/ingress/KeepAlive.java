package dev.signalbox.server.ingress;

import io.helidon.webserver.CloseConnectionException;
import java.time.Duration;

/** Waits, after an answer, until its connection may be read again: a watched one has a reader until something comes. */
final class KeepAlive {

    private final Connections connections;
    private final Ticker ticker;

    KeepAlive(Connections connections, Ticker ticker) {
        this.connections = connections;
        this.ticker = ticker;
    }

    /**
     * Returns when the connection may be read again.
     *
     * @throws CloseConnectionException if it is not to be
     */
    void await(Connection connection, Watch watch, long began) throws InterruptedException {
        boolean goesOn = watch.needless() ? !connections.stopping() : watched(connection, watch, began);
        if (!goesOn) {
            connection.close();
            throw new CloseConnectionException("Nobody asks here any more.");
        }
    }

    private boolean watched(Connection connection, Watch watch, long began) throws InterruptedException {
        Duration left = KeepAliveTime.OF_INGRESS.minusNanos(ticker.now() - began);
        return connections.whileIdle(connection, () -> watch.end(left));
    }
}
