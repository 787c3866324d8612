package dev.signalbox.backend.http.transport;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Connections that wait for their next call. Any thread may do anything at any time. */
final class IdleConnections<C extends Kept> implements Watch.Watched {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Map<Origin, Shelf<C>> shelves = new ConcurrentHashMap<>();
    private final TransportOptions options;
    private final Watch watch;
    private volatile boolean closed;

    IdleConnections(TransportOptions options, Watch watch) {
        this.options = options;
        this.watch = watch;
        watch.add(this, System.nanoTime() + Watch.FAR);
    }

    /** One that is still open as far as can be seen, or none. */
    Optional<C> take(Origin origin) {
        Shelf<C> shelf = shelves.get(origin);
        return shelf == null ? Optional.empty() : shelf.take();
    }

    /** Keeps one for the next call, for as long as its server keeps it; closes it if there are enough. */
    void put(Origin origin, C one, Optional<Duration> keepAlive) {
        long until = System.nanoTime() + age(keepAlive).toNanos();
        one.idleUntil(until);
        shelves.computeIfAbsent(origin, unseen -> new Shelf<>(options.idleCount()))
                .put(one);
        if (closed) {
            shut();
        }
        watch.wakeBy(until);
    }

    @Override
    public void shut() {
        closed = true;
        shelves.values().forEach(Shelf::clear);
    }

    @Override
    public long look(long now) {
        long next = Watch.FAR;
        for (Shelf<C> shelf : shelves.values()) {
            next = Math.min(next, shelf.closeOld(now));
        }
        return next;
    }

    /** Four fifths of what the server says, so that its closing and our next request do not cross. */
    private Duration age(Optional<Duration> keepAlive) {
        Duration age = keepAlive.map(told -> told.multipliedBy(4).dividedBy(5)).orElse(options.idleAge());
        return age.compareTo(LONGEST) > 0 ? LONGEST : age;
    }
}
