package dev.signalbox.backend.http.transport;

import java.io.IOException;
import java.net.URI;

/** What sending has in common whatever it is sent with: beginning an exchange, and telling how it failed. */
final class Sending {

    /** The part that differs. */
    @FunctionalInterface
    interface Attempt {
        HttpReply send(HttpCall call, Origin origin, Exchange exchange) throws IOException;
    }

    private final Watch watch;
    private final Attempt attempt;
    private volatile Known last = Known.of(URI.create("http://localhost")); // any thread may put another there

    /** Where an address leads to, worked out for it and not for each call. */
    private record Known(URI uri, Origin origin) {
        static Known of(URI uri) {
            return new Known(uri, Origin.of(uri));
        }
    }

    Sending(Watch watch, Attempt attempt) {
        this.watch = watch;
        this.attempt = attempt;
    }

    HttpReply send(HttpCall call) throws TransportException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Origin origin = originOf(call.uri());
        Exchange exchange = Exchange.begin(call, origin, watch);
        try {
            if (!exchange.running()) {
                throw new IOException("ended before it began");
            }
            return attempt.send(call, origin, exchange);
        } catch (IOException trouble) {
            throw failed(exchange.fail(trouble));
        } catch (RuntimeException | Error defect) {
            exchange.close();
            throw defect;
        }
    }

    private Origin originOf(URI uri) {
        Known known = last;
        if (!known.uri().equals(uri)) {
            known = Known.of(uri);
            last = known;
        }
        return known.origin();
    }

    /** An interrupt is told as such, and is no longer pending then. */
    private static TransportException failed(TransportException told) throws InterruptedException {
        if (!Thread.interrupted()) {
            return told;
        }
        InterruptedException interrupted = new InterruptedException(told.getMessage());
        interrupted.initCause(told);
        throw interrupted;
    }
}
