package dev.signalbox.backend.http.transport;

import io.helidon.webclient.api.HttpClientResponse;
import java.io.IOException;
import java.net.URI;

/**
 * HTTP/1.1 by Helidon's WebClient, for what has to go through a proxy; also what the other transport is compared with.
 *
 * <p>Needs {@code io.helidon.webclient} on the class or module path. What it does not do: it holds a whole chunk in
 * memory before it hands over a byte of it, it reads replies less strictly, it takes an interim reply other than 100 for
 * a broken one, and it does not see a reply that comes while the request is being sent. It costs about twice as much.
 */
public final class WebClientTransport implements HttpTransport {

    private final TransportOptions options;
    private final Watch watch = new Watch();
    private final Sending sending;
    private final IdleConnections<WebConnection> idle;
    private final WebConnector connector;

    /** A transport without a proxy, that opens nothing yet. */
    public WebClientTransport(TransportOptions options) {
        this(options, new WebConnector(options));
    }

    /**
     * A transport through an HTTP proxy: {@code https} in a tunnel, {@code http} by asking for the whole URI.
     *
     * @param proxy such as {@code http://proxy:3128}
     */
    public WebClientTransport(TransportOptions options, URI proxy) {
        this(options, new WebConnector(options, Origin.of(proxy)));
    }

    private WebClientTransport(TransportOptions options, WebConnector connector) {
        this.options = options;
        this.connector = connector;
        this.idle = new IdleConnections<>(options, watch);
        this.sending = new Sending(watch, new Reuse<>(idle, connector::connect, this::talk));
    }

    @Override
    public HttpReply send(HttpCall call) throws TransportException, InterruptedException {
        return sending.send(call);
    }

    @Override
    public void close() {
        watch.close();
    }

    private HttpReply talk(WebConnection connection, HttpCall call, Origin origin, Exchange exchange)
            throws IOException {
        exchange.cutBy(connection::close);
        exchange.enters(Exchange.Phase.SENDING);
        HttpClientResponse response = WebRequest.send(call, connector, connection, options.keeps());
        exchange.enters(Exchange.Phase.READING);
        return WebReply.of(response, call.method(), exchange, () -> {
            if (exchange.release()) {
                giveBack(origin, connection, response);
            }
        });
    }

    private void giveBack(Origin origin, WebConnection connection, HttpClientResponse response) {
        if (options.keeps() && WebReply.persistent(response) && connection.rest()) {
            idle.put(origin, connection, WebReply.keepAlive(response));
        } else {
            connection.close();
        }
    }
}
