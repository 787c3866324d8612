package dev.signalbox.backend.http.transport;

import java.io.IOException;

/**
 * HTTP/1.1 straight over a socket: no thread but the caller's, a small buffer for each connection, no pipelining.
 *
 * <p>Made for virtual threads; works on any.
 */
public final class SocketTransport implements HttpTransport {

    private final TransportOptions options;
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
        this.idle = new IdleConnections<>(options, watch);
        this.sending = new Sending(watch, new Reuse<>(idle, new Connector(options)::connect, this::talk));
    }

    @Override
    public HttpReply send(HttpCall call) throws TransportException, InterruptedException {
        return sending.send(call);
    }

    @Override
    public void close() {
        watch.close();
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
