package dev.signalbox.server.ingress;

import dev.signalbox.api.Cancellation;
import dev.signalbox.api.RouteException;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.core.ErrorReply;
import dev.signalbox.spi.Routing;
import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the router and relays its answer: bytes as they come, one flush for each read, no more held than that. */
final class Inference implements Answering {

    private static final Logger LOG = LoggerFactory.getLogger(Inference.class);
    private static final int FIRST_PIECE = 2 << 10; // most answers fit
    private static final int SMALL_PIECE = 512; // nearly all frames fit
    private static final int LARGE_PIECE = 16 << 10;

    /** How long a client has to read that its answer broke off. */
    private static final Duration READING = Duration.ofSeconds(1);

    static final Problem STOPPING = Problem.passing(
                    503, "stopping", "This server is stopping and could not wait for the end of the answer.")
            .retryAfter(Optional.of(Duration.ofSeconds(1)));

    private final Routing routing;
    private final IngressSettings settings;
    private final Ticker ticker;
    private final Reception reception;

    Inference(Routing routing, IngressSettings settings, Ticker ticker, Reception reception) {
        this.routing = routing;
        this.settings = settings;
        this.ticker = ticker;
        this.reception = reception;
    }

    @Override
    public void answer(Exchange exchange) throws InterruptedException {
        answer(exchange, request -> request);
    }

    /** Answers a request to which something is added that its path says. */
    void answer(Exchange exchange, UnaryOperator<RouteRequest> addition) throws InterruptedException {
        reception.receive(exchange, (request, place) -> ask(exchange, addition.apply(request), place));
    }

    private void ask(Exchange exchange, RouteRequest request, Places.Place place) throws InterruptedException {
        Cancellation cancellation = request.cancellation();
        ReplyStream reply = new ReplyStream(exchange);
        SignsOfLife signs = new SignsOfLife(request);
        Heartbeat heartbeat = new Heartbeat(reply, settings, ticker.now(), signs, cancellation::cancel);
        Taking taking = Taking.of(reply, settings.writeTimeout(), cancellation);
        try (Ticker.Registration ignored = place.waitsFor(now -> {
                    heartbeat.tick(now);
                    taking.tick(now);
                });
                RoutedResponse answer = routing.route(request)) {
            signs.answered(answer);
            relay(answer, reply, heartbeat, cancellation);
        } catch (CloseConnectionException gone) {
            throw gone;
        } catch (RouteException | IOException failure) {
            fail(reply, failure, request, place);
        } catch (RuntimeException defect) {
            LOG.error("A request failed for a reason that is this server's own.", defect);
            fail(reply, defect, request, place);
        }
    }

    private void relay(RoutedResponse answer, ReplyStream reply, Heartbeat heartbeat, Cancellation client)
            throws IOException, InterruptedException {
        InputStream body = answer.body(); // read before the head: until here even the status may still be another one
        byte[] piece = new byte[answer.streamed() ? FIRST_PIECE : ending(body.available())];
        int count = answer.streamed() ? body.read(piece) : body.readNBytes(piece, 0, piece.length);
        if (!answer.streamed() && count < piece.length) { // that was its end
            reply.whole(answer.status(), answer.headers(), piece, count);
            return;
        }
        reply.begin(answer.status(), answer.headers(), answer.streamed());
        while (count >= 0) {
            reply.write(piece, count);
            heartbeat.wrote(ticker.now());
            piece = fitting(piece, count);
            count = body.read(piece);
        }
        if (answer.streamed() && answer.brokenOff()) {
            reply.stop();
            cutOff(client);
        }
        reply.end();
    }

    /** The size of a piece that shows whether an answer of which so much is there has ended. */
    private static int ending(int available) {
        return available == 0 ? FIRST_PIECE : Math.min(available + 1, LARGE_PIECE);
    }

    /**
     * Cuts the connection after a frame that tells of an error, so that the answer has no end: some clients do not look
     * at such a frame and would take what they have for the whole. Those that do are given the time to read it, since
     * what a client has not read yet when it is cut off, it may throw away.
     */
    private static void cutOff(Cancellation client) throws InterruptedException {
        CountDownLatch left = new CountDownLatch(1);
        try (Cancellation.Registration leaving = client.onCancel(left::countDown)) {
            boolean gone = left.await(READING.toMillis(), TimeUnit.MILLISECONDS);
            throw new CloseConnectionException(gone ? "The client has left." : "The answer broke off.");
        }
    }

    /** Whatever fills its buffer goes on in a larger one; thousands of slow streams go on in small ones. */
    private static byte[] fitting(byte[] piece, int count) {
        int size = count == piece.length
                ? Math.min(4 * count, LARGE_PIECE)
                : count < SMALL_PIECE ? SMALL_PIECE : piece.length;
        return size == piece.length ? piece : new byte[size];
    }

    private void fail(ReplyStream reply, Exception failure, RouteRequest request, Places.Place place)
            throws InterruptedException {
        if (request.cancellation().cancelled() && !place.wasCut()) {
            throw new CloseConnectionException("The client has left.", failure);
        }
        boolean framed = reply.fail(
                !place.wasCut() && failure instanceof RouteException known
                        ? ErrorReply.of(request.dialect(), known)
                        : ErrorReply.of(
                                request.dialect(), place.wasCut() ? STOPPING : unexpected(failure), TraceIds.next()));
        if (framed) {
            cutOff(request.cancellation());
        }
    }

    private static Problem unexpected(Exception failure) {
        return failure instanceof IOException
                ? Problem.passing(502, "broken_reply", "The answer broke off: " + failure.getMessage())
                : Problem.permanent(500, "internal_error", "This server failed. Its log says more.");
    }
}
