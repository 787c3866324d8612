package dev.signalbox.server.ingress;

import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;

/**
 * Answers a request that is refused, often before its body has been read. A small rest is read so that the connection can
 * be kept. Of a large one some is read too: closing with bytes unread resets the connection, and a client that is still
 * sending would never see why.
 */
final class Refusals {

    private static final long SMALL = 1 << 20;
    private static final long MOST = 256L << 20;

    private Refusals() {}

    static void answer(Exchange exchange, Refused refused) {
        refused.headers().forEach(line -> exchange.say(line.getKey(), line.getValue()));
        ErrorShape error = Telling.of(refused.problem()).in(exchange.dialect());
        ServerRequest request = exchange.request();
        if (!request.content().hasEntity() || request.content().consumed() || small(request)) {
            exchange.error(error);
            return;
        }
        exchange.response().header(HeaderValues.CONNECTION_CLOSE);
        exchange.error(error);
        if (!awaitsPermission(request)) {
            discard(request);
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

    private static void discard(ServerRequest request) {
        byte[] piece = new byte[8 << 10];
        try (InputStream rest = request.content().inputStream()) {
            long read = 0;
            for (int count = 0; count >= 0 && read < MOST; count = rest.read(piece)) {
                read += count;
            }
        } catch (IOException | RuntimeException gone) {
            // it has gone, with or without its answer
        }
    }
}
