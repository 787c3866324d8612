package dev.signalbox.server.ingress;

import dev.signalbox.api.Cancellation;
import dev.signalbox.api.RouteException.Problem;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** The requests that are being answered, so many at once; who comes then is told to come back, and keeps the connection. */
final class Places {

    private final int most;
    private final Semaphore free;
    private final Set<Cancellation> running = ConcurrentHashMap.newKeySet();

    Places(int most) {
        this.most = most;
        this.free = new Semaphore(most);
    }

    /** A place for a request that ends when that is cancelled; to be given back. */
    Place take(Cancellation cancellation) {
        if (!free.tryAcquire()) {
            throw new Refused(Problem.passing(
                            503,
                            "too_many_requests",
                            "This server answers %d requests at once (server.max-requests) and does so already."
                                    .formatted(most))
                    .retryAfter(Optional.of(Duration.ofSeconds(1))));
        }
        running.add(cancellation);
        return () -> {
            running.remove(cancellation);
            free.release();
        };
    }

    /** Ends everything that runs. */
    void cut() {
        running.forEach(Cancellation::cancel);
    }

    /** A request that is being answered. */
    @FunctionalInterface
    interface Place extends AutoCloseable {
        @Override
        void close();
    }
}
