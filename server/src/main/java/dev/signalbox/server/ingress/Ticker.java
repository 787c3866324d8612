package dev.signalbox.server.ingress;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at everything that waits, once a second. One thread for all requests: what it calls must not block, and who has
 * to write goes to a thread of its own.
 */
final class Ticker implements AutoCloseable {

    /** Something that may have waited long enough. */
    @FunctionalInterface
    interface Timed {
        /** Does what is due by now, without blocking. */
        void tick(long now);
    }

    /** Ends the looking. */
    @FunctionalInterface
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanos;
    private final Set<Timed> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** A ticker that somebody turns by hand, or {@link #start starts}. */
    Ticker(LongSupplier nanos) {
        this.nanos = nanos;
    }

    void start() {
        Thread.ofPlatform().daemon().name("signalbox-ticker").start(this::run);
    }

    long now() {
        return nanos.getAsLong();
    }

    /** Has it looked at until the registration is closed. */
    Registration add(Timed timed) {
        waiting.add(timed);
        return () -> waiting.remove(timed);
    }

    void tick() {
        long now = now();
        for (Timed timed : waiting) {
            try {
                timed.tick(now);
            } catch (RuntimeException failure) { // the others wait too
                LOG.warn("Something that waits could not be looked at.", failure);
            }
        }
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(SECOND);
            tick();
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
