package dev.signalbox.backend.http.transport;

import dev.signalbox.backend.http.transport.TransportException.Reason;
import java.io.IOException;
import java.util.Optional;

/**
 * Sends over a connection that was kept, else over a new one. A call is sent a second time only if the kept connection
 * turns out to be dead before a byte of a reply came: then the server has closed it meanwhile. Any thread may use it.
 */
final class Reuse<C extends Kept> implements Sending.Attempt {

    /** Opens a connection. */
    @FunctionalInterface
    interface Connecting<C> {
        C connect(Origin origin, Exchange exchange) throws IOException;
    }

    /** Sends a call over a connection, up to the head of the reply. */
    @FunctionalInterface
    interface Talking<C> {
        HttpReply talk(C connection, HttpCall call, Origin origin, Exchange exchange) throws IOException;
    }

    private final IdleConnections<C> idle;
    private final Connecting<C> connecting;
    private final Talking<C> talking;

    Reuse(IdleConnections<C> idle, Connecting<C> connecting, Talking<C> talking) {
        this.idle = idle;
        this.connecting = connecting;
        this.talking = talking;
    }

    @Override
    public HttpReply send(HttpCall call, Origin origin, Exchange exchange) throws IOException {
        Optional<C> kept = idle.take(origin);
        if (kept.isPresent()) {
            Optional<HttpReply> reply = over(kept.get(), call, origin, exchange);
            if (reply.isPresent()) {
                return reply.get();
            }
        }
        return talking.talk(connecting.connect(origin, exchange), call, origin, exchange);
    }

    private Optional<HttpReply> over(C kept, HttpCall call, Origin origin, Exchange exchange) throws IOException {
        exchange.cutBy(kept::close);
        try {
            return Optional.of(talking.talk(kept, call, origin, exchange));
        } catch (IOException trouble) {
            boolean dead = !(trouble instanceof Fault fault) || fault.reason() == Reason.NO_REPLY;
            if (!dead
                    || kept.heard()
                    || !exchange.running()
                    || Thread.currentThread().isInterrupted()) {
                throw trouble;
            }
            kept.close();
            return Optional.empty();
        }
    }
}
