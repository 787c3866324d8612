package dev.signalbox.server.ingress;

import dev.signalbox.core.ErrorReply;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.time.Duration;

/**
 * Answers a request that is refused, often before its body has been read. A small rest is read so that the connection can
 * be kept. Of a large one some is read too: closing with bytes unread resets the connection, and a client that is still
 * sending would never see why.
 */
final class Refusals {

    private static final long SMALL = 1 << 20;
    private static final long MOST = 256L << 20;

    private final Ticker ticker;
    private final Duration patience;

    Refusals(Ticker ticker, Duration patience) {
        this.ticker = ticker;
        this.patience = patience;
    }

    void answer(Exchange exchange, Refused refused) {
        refused.headers().forEach(line -> exchange.say(line.getKey(), line.getValue()));
        ErrorReply error = ErrorReply.of(exchange.dialect(), refused.problem(), TraceIds.next());
        ServerRequest request = exchange.request();
        if (!request.content().hasEntity() || request.content().consumed() || small(request)) {
            exchange.error(error);
            return;
        }
        exchange.response().header(HeaderValues.CONNECTION_CLOSE);
        exchange.error(error);
        if (!awaitsPermission(request)) {
            Connection.current().ifPresent(this::discard);
        }
        throw new CloseConnectionException("The rest of the request is not wanted.");
    }

    private static boolean small(ServerRequest request) {
        long size = request.headers().contentLength().orElse(Long.MAX_VALUE);
        return size <= SMALL && !awaitsPermission(request);
    }

    /** Reading would tell the client to send what nobody wants. */
    private static boolean awaitsPermission(ServerRequest request) {
        return request.headers().contains(HeaderValues.EXPECT_100) && !request.continueSent();
    }

    private void discard(Connection connection) {
        long end = ticker.now() + patience.toNanos();
        Ticker.Timed limit = now -> {
            if (now - end >= 0) {
                connection.close();
            }
        };
        try (Ticker.Registration ignored = ticker.add(limit)) {
            connection.discard(MOST);
        }
    }
}
