package dev.signalbox.backend.http.transport;

import io.helidon.webclient.api.ClientConnection;
import io.helidon.webclient.api.TcpClientConnection;

/** A connection that Helidon made. */
final class WebConnection extends Kept {

    private final TcpClientConnection connection;

    WebConnection(TcpClientConnection connection) {
        this.connection = connection;
    }

    ClientConnection connection() {
        return connection;
    }

    /** Lets it wait; false if something is left of what it read. From then on a thread of Helidon's sees it die. */
    boolean rest() {
        if (connection.reader().available() > 0) {
            return false;
        }
        connection.helidonSocket().idle();
        return true;
    }

    @Override
    boolean alive() {
        return connection.isConnected();
    }

    /** Whether there was none is told by how it failed. */
    @Override
    boolean heard() {
        return false;
    }

    @Override
    void close() {
        connection.closeResource();
    }
}
