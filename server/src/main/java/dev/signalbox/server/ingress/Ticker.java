package dev.signalbox.server.ingress;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at everything that waits, once a second, and begins what is to begin soon. One thread for all requests: what it
 * calls must not block, and who has to write goes to a thread of its own.
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
    private static final long SOON = TimeUnit.MILLISECONDS.toNanos(25);
    private static final long BEAT = TimeUnit.MILLISECONDS.toNanos(5);

    private final LongSupplier nanos;
    private final Set<Timed> waiting = ConcurrentHashMap.newKeySet();
    private final Queue<Beginning> beginnings = new ConcurrentLinkedQueue<>(); // the earliest first
    private final AtomicBoolean dozing = new AtomicBoolean();
    private volatile @Nullable Thread thread;
    private volatile boolean closed;

    /** A ticker that somebody turns by hand, or {@link #start starts}. */
    Ticker(LongSupplier nanos) {
        this.nanos = nanos;
    }

    void start() {
        thread = Thread.ofPlatform().daemon().name("signalbox-ticker").start(this::run);
    }

    long now() {
        return nanos.getAsLong();
    }

    /** Has it looked at until the registration is closed. */
    Registration add(Timed timed) {
        waiting.add(timed);
        return () -> waiting.remove(timed);
    }

    /**
     * Runs something 25 to 35 ms from now. There is no way to take it back: what has become needless by then does
     * nothing, and holds no more memory than that may be held so long.
     */
    void soon(Runnable action) {
        beginnings.add(new Beginning(now() + SOON, action));
        if (dozing.get() && dozing.compareAndSet(true, false)) {
            LockSupport.unpark(thread);
        }
    }

    /** Begins what is due. */
    void begin() {
        long now = now();
        for (Beginning next = beginnings.peek(); next != null && next.due - now <= 0; next = beginnings.peek()) {
            beginnings.remove();
            quietly(next.action);
        }
    }

    void tick() {
        long now = now();
        for (Timed timed : waiting) {
            quietly(() -> timed.tick(now));
        }
    }

    /** Runs one of several that wait: if it fails, the others go on. */
    static void quietly(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError failure) {
            LOG.warn("Something that waits could not be looked at.", failure);
        }
    }

    private void run() {
        long ticked = System.nanoTime();
        while (!closed) {
            pause(ticked + SECOND - System.nanoTime());
            begin();
            if (System.nanoTime() - ticked >= SECOND) {
                ticked = System.nanoTime();
                tick();
            }
        }
    }

    /** Short while something is to begin, so that who adds more need not wake anybody. */
    private void pause(long untilTick) {
        dozing.set(beginnings.isEmpty());
        LockSupport.parkNanos(beginnings.isEmpty() ? untilTick : Math.min(BEAT, untilTick));
        dozing.set(false);
    }

    /** Something that begins at that time. */
    private record Beginning(long due, Runnable action) {}

    @Override
    public void close() {
        closed = true;
    }
}
