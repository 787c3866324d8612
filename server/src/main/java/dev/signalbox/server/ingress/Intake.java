package dev.signalbox.server.ingress;

import dev.signalbox.api.Body;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.core.Bodies;
import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.Function;

/** Reads a request's body: JSON, as it is, not too much of it, and not for ever. */
final class Intake {

    private final Ticker ticker;
    private final long limit;
    private final Duration patience;
    private final Bodies bodies;
    private final ChunkBudget chunks;

    Intake(Ticker ticker, IngressSettings settings, Holdings holdings) {
        this.ticker = ticker;
        this.bodies = holdings.bodies();
        this.chunks = holdings.chunks();
        this.limit = settings.maxBody();
        this.patience = settings.clientTimeout();
    }

    /** The body, which the caller closes. */
    Body read(Exchange exchange) {
        return read(exchange, ticker::add);
    }

    /** The body of a request that has a place, which the caller closes. */
    Body read(Exchange exchange, Places.Place place) {
        return read(exchange, place::waitsFor);
    }

    private Body read(Exchange exchange, Function<Ticker.Timed, Ticker.Registration> lookout) {
        ContentTypes.check(exchange);
        checkEncoding(exchange);
        long declared = exchange.request().headers().contentLength().orElse(-1);
        if (declared > limit) {
            throw tooLarge();
        }
        try (InputStream in = content(exchange, declared);
                Arrival arrival = new Arrival(in, Connection.current(), ticker, patience, exchange.dialect());
                Ticker.Registration ignored = lookout.apply(arrival)) {
            Body body = bodies.take(arrival, declared, limit).orElseThrow(this::tooLarge);
            sawEnd(in, body);
            return body;
        } catch (Refused | RequestException refused) {
            throw refused;
        } catch (IOException | RuntimeException failure) { // Helidon has several for a connection that is gone
            throw new CloseConnectionException("The body did not arrive.", failure);
        }
    }

    /** What was read to its end Helidon need not look through again, for which it would make a buffer each time. */
    private static void sawEnd(InputStream in, Body body) throws IOException {
        try {
            if (in.read() >= 0) {
                throw new IOException("more came than was announced");
            }
        } catch (IOException | RuntimeException gone) {
            body.close();
            throw gone;
        }
    }

    private InputStream content(Exchange exchange, long declared) {
        if (!exchange.request().content().hasEntity()) { // neither a length nor chunks: nothing more comes
            return InputStream.nullInputStream();
        }
        InputStream content = new Unclosed(exchange.request().content().inputStream());
        return declared >= 0
                ? content
                : Connection.current()
                        .<InputStream>map(client -> client.chunked(content, chunks))
                        .orElse(content);
    }

    private Refused tooLarge() {
        return Refused.permanent(
                413,
                "request_too_large",
                "The body has more than the %d bytes that server.max-body allows.".formatted(limit));
    }

    private static void checkEncoding(Exchange exchange) {
        String encoding = exchange.header(HeaderNames.CONTENT_ENCODING).orElse("identity");
        if (!encoding.strip().equalsIgnoreCase("identity")) {
            throw new Refused(encoded(encoding));
        }
    }

    static Problem encoded(String encoding) {
        return Problem.permanent(
                415,
                "unsupported_content_encoding",
                "The body is encoded (\"%s\"). Send it as it is, without Content-Encoding."
                        .formatted(encoding.strip()));
    }
}
