package dev.signalbox.server.ingress;

import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.core.ErrorReply;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The harmless frames for one answer; empty if it is not streamed. Until there is an answer its request tells, which is
 * read once at most; the request's body is gone as soon as there is one. Any thread may ask.
 */
final class SignsOfLife implements Supplier<byte[]> {

    private final RouteRequest request;
    private final AtomicReference<@Nullable StreamWish> wish = new AtomicReference<>();

    SignsOfLife(RouteRequest request) {
        this.request = request;
    }

    /** There is an answer, which tells by itself what it is. */
    void answered(RoutedResponse answer) {
        StreamWish read = wish.get();
        String model = read == null || read.model().isEmpty() ? answer.target().model() : read.model();
        wish.set(new StreamWish(answer.streamed(), model));
    }

    @Override
    public byte[] get() {
        StreamWish known = wish();
        return known.streamed() ? ErrorReply.heartbeat(request.dialect(), known.model(), Instant.now()) : new byte[0];
    }

    private StreamWish wish() {
        StreamWish known = wish.get();
        if (known != null) {
            return known;
        }
        StreamWish read = StreamWish.of(request.dialect(), request.body());
        StreamWish meanwhile = wish.compareAndExchange(null, read);
        return meanwhile == null ? read : meanwhile;
    }
}
