package dev.signalbox.server.ingress;

import dev.signalbox.api.Cancellation;
import dev.signalbox.api.RouteException.Problem;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * The requests that are being answered, so many at once; who comes then is told to come back, and keeps the connection.
 * The one list of them all: a {@link Ticker} looks at what each of them waits for.
 */
final class Places implements Ticker.Timed {

    private static final Ticker.Timed NOTHING = now -> {};

    private final int most;
    private final Semaphore free;
    private final Set<Place> taken = ConcurrentHashMap.newKeySet();

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
        Place place = new Place(cancellation);
        taken.add(place);
        return place;
    }

    /** Whether nothing runs. */
    boolean allFree() {
        return taken.isEmpty();
    }

    /** Ends everything that runs. */
    void cut() {
        taken.forEach(Place::cut);
    }

    @Override
    public void tick(long now) {
        taken.forEach(place -> Ticker.quietly(() -> place.waiting.tick(now)));
    }

    /** A request that is being answered. */
    final class Place implements AutoCloseable {

        private final Cancellation cancellation;
        private volatile Ticker.Timed waiting = NOTHING;
        private volatile boolean cut;

        private Place(Cancellation cancellation) {
            this.cancellation = cancellation;
        }

        /** Has this looked at until the registration is closed; one thing at a time. */
        Ticker.Registration waitsFor(Ticker.Timed timed) {
            waiting = timed;
            return () -> waiting = NOTHING;
        }

        private void cut() {
            cut = true; // first, so that whoever is woken by the other knows
            cancellation.cancel();
        }

        /** Whether it was ended here, and not by a client that left. */
        boolean wasCut() {
            return cut;
        }

        @Override
        public void close() {
            taken.remove(this);
            free.release();
        }
    }
}
