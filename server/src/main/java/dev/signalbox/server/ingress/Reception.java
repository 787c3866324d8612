package dev.signalbox.server.ingress;

import dev.signalbox.api.Body;
import dev.signalbox.api.Cancellation;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.core.ErrorReply;
import io.helidon.webserver.CloseConnectionException;
import java.util.Optional;

/**
 * Receives requests that may take their time: gives each a place, reads its body, sees at once when its client leaves, and
 * afterwards waits until the connection may be read again.
 */
final class Reception {

    /** What is done about a request; its body is the visit's to close. */
    @FunctionalInterface
    interface Visit {
        void attend(RouteRequest request, Places.Place place) throws InterruptedException;
    }

    private final Ticker ticker;
    private final Intake intake;
    private final Places places;
    private final KeepAlive keepAlive;
    private final Callers callers;

    Reception(Ticker ticker, IngressSettings settings, Intake intake, Places places, KeepAlive keepAlive) {
        this.ticker = ticker;
        this.intake = intake;
        this.places = places;
        this.keepAlive = keepAlive;
        this.callers = settings.callers();
    }

    void receive(Exchange exchange, Visit visit) throws InterruptedException {
        long began = ticker.now();
        Optional<Connection> connection = Connection.current();
        Cancellation cancellation = Cancellation.create();
        Optional<Watch> watch;
        try (Places.Place place = places.take(cancellation)) {
            Body body = intake.read(exchange, place);
            watch = connection.map(client -> watch(client, cancellation));
            try {
                visit.attend(request(exchange, body, cancellation), place);
            } catch (Refused refused) { // its body has been read: nothing is left to be passed over
                exchange.error(ErrorReply.of(exchange.dialect(), refused.problem(), TraceIds.next()));
            } catch (CloseConnectionException gone) {
                cancellation.cancel();
                throw gone;
            }
        }
        if (watch.isPresent() && !exchange.last()) {
            keepAlive.await(connection.orElseThrow(), watch.get(), began);
        }
    }

    /** A caller's key is for us and goes no further. */
    private RouteRequest request(Exchange exchange, Body body, Cancellation cancellation) {
        return new RouteRequest(
                exchange.dialect(), body, callers.without(exchange.headers()), exchange.caller(), cancellation);
    }

    private Watch watch(Connection client, Cancellation cancellation) {
        Watch watch = new Watch(client, cancellation::cancel);
        ticker.soon(watch::begin);
        return watch;
    }
}
