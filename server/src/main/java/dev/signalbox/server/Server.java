package dev.signalbox.server;

import dev.signalbox.server.listen.Listener;
import dev.signalbox.server.listen.Listening;
import dev.signalbox.spi.Routing;
import java.net.URI;

/** A server in front of a router, as a part of somebody else's program. Any thread may ask and close. */
public final class Server implements AutoCloseable {

    private final Listener listener;

    private Server(Listener listener) {
        this.listener = listener;
    }

    /**
     * Listens on the loopback address and answers what this router answers. The router stays the caller's to close.
     *
     * @param port the port; 0 takes a free one
     * @throws java.io.UncheckedIOException if it cannot listen there
     */
    public static Server start(Routing routing, int port) {
        return new Server(Listener.start(routing, Listening.locally(port)));
    }

    /** The port it listens on. */
    public int port() {
        return listener.port();
    }

    /** Its address. */
    public URI uri() {
        return listener.uri();
    }

    /** Stops listening, lets answers that have begun go on for 30 seconds, then cuts them. */
    @Override
    public void close() {
        listener.close();
    }
}
