package dev.signalbox.backend.http.transport;

import dev.signalbox.backend.http.transport.TransportException.Reason;
import java.io.IOException;
import java.util.Optional;

/**
 * HTTP/1.1 straight over a socket: no thread but the caller's, a small buffer for each connection, no pipelining.
 *
 * <p>Made for virtual threads; works on any.
 */
public final class SocketTransport implements HttpTransport {

    private final TransportOptions options;
    private final Connector connector;
    private final Scratch scratch = new Scratch();
    private final Watch watch;
    private final Sending sending;
    private final IdleConnections<Connection> idle;

    /** A transport that opens nothing yet. */
    public SocketTransport(TransportOptions options) {
        this(options, new Watch());
    }

    /** One whose time somebody else can look at. */
    SocketTransport(TransportOptions options, Watch watch) {
        this.options = options;
        this.watch = watch;
        this.sending = new Sending(watch, this::send);
        this.connector = new Connector(options);
        this.idle = new IdleConnections<>(options, watch);
    }

    @Override
    public HttpReply send(HttpCall call) throws TransportException, InterruptedException {
        return sending.send(call);
    }

    @Override
    public void close() {
        watch.close();
    }

    private HttpReply send(HttpCall call, Origin origin, Exchange exchange) throws IOException {
        Optional<Connection> kept = idle.take(origin);
        if (kept.isPresent()) {
            Optional<HttpReply> reply = over(kept.get(), call, origin, exchange);
            if (reply.isPresent()) {
                return reply.get();
            }
        }
        return talk(connector.connect(origin, exchange), call, origin, exchange);
    }

    /** The reply over a kept connection; none if that turned out to be dead before a byte of a reply came. */
    private Optional<HttpReply> over(Connection kept, HttpCall call, Origin origin, Exchange exchange)
            throws IOException {
        exchange.cutBy(kept::close);
        try {
            return Optional.of(talk(kept, call, origin, exchange));
        } catch (IOException trouble) {
            boolean dead = !(trouble instanceof Fault fault) || fault.reason() == Reason.NO_REPLY;
            if (!dead
                    || kept.input().touched()
                    || !exchange.running()
                    || Thread.currentThread().isInterrupted()) {
                throw trouble;
            }
            kept.close();
            return Optional.empty();
        }
    }

    private HttpReply talk(Connection connection, HttpCall call, Origin origin, Exchange exchange) throws IOException {
        exchange.enters(Exchange.Phase.SENDING);
        connection.input().begin();
        boolean taken = RequestWriter.write(call, origin, connection, scratch, options.keeps());
        exchange.enters(Exchange.Phase.WAITING);
        ReplyHead head = HeadReader.read(connection.input());
        exchange.enters(Exchange.Phase.READING);
        boolean reusable = taken && options.keeps() && head.persistent(call.method());
        return SocketReply.of(head, call.method(), connection.input(), exchange, () -> {
            if (exchange.release()) {
                giveBack(origin, connection, head, reusable);
            }
        });
    }

    private void giveBack(Origin origin, Connection connection, ReplyHead head, boolean reusable) {
        if (reusable && connection.quiet()) {
            idle.put(origin, connection, head.keepAlive());
        } else {
            connection.close();
        }
    }
}
