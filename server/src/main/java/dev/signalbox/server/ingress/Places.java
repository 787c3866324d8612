package dev.signalbox.server.ingress;

import dev.signalbox.api.RouteException.Problem;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** How many requests may be answered at once; who comes then is told to come back, and keeps the connection. */
final class Places {

    private final int most;
    private final Semaphore free;

    Places(int most) {
        this.most = most;
        this.free = new Semaphore(most);
    }

    /** A place, to be given back. */
    Place take() {
        if (!free.tryAcquire()) {
            throw new Refused(Problem.passing(
                            503,
                            "too_many_requests",
                            "This server answers %d requests at once (server.max-requests) and does so already."
                                    .formatted(most))
                    .retryAfter(Optional.of(Duration.ofSeconds(1))));
        }
        return free::release;
    }

    /** A request that is being answered. */
    @FunctionalInterface
    interface Place extends AutoCloseable {
        @Override
        void close();
    }
}
