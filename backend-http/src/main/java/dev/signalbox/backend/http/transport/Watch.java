package dev.signalbox.backend.http.transport;

import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps the time of everything that has one: calls end at their deadlines, idle connections at their age.
 *
 * <p>A timed read of a virtual thread costs about as much again as the read itself, for each read. This costs an entry
 * in a set for each call, and one virtual thread that sleeps until the earliest time it has heard of. It also ends what
 * has no timed form: a write, a handshake that trickles.
 */
final class Watch {

    /** Something that has a time. */
    interface Watched {

        /** Does what is due; returns how many nanoseconds later it wants to be looked at again, or {@link #FAR}. */
        long look(long now);

        /** Ends it at once. */
        void shut();
    }

    /** When to look again at one that has failed. */
    private static final long AGAIN = TimeUnit.SECONDS.toNanos(1);

    /** Never, but small enough to be added to a time. */
    static final long FAR = TimeUnit.DAYS.toNanos(36_500);

    private final Set<Watched> watched = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean begun = new AtomicBoolean();
    private final Thread watcher = Thread.ofVirtual().name("transport-watch").unstarted(this::run);
    private volatile long wake = System.nanoTime() + FAR;
    private volatile boolean closed;

    /** Looks at it at that time at the latest, and then when it says. */
    void add(Watched one, long at) {
        watched.add(one);
        if (closed) {
            one.shut();
        } else {
            wakeBy(at);
        }
    }

    void remove(Watched one) {
        watched.remove(one);
    }

    /** Looks at everything at that time at the latest. */
    void wakeBy(long at) {
        if (at - wake >= 0) {
            return;
        }
        if (begun.compareAndSet(false, true)) {
            watcher.start();
        } else {
            LockSupport.unpark(watcher);
        }
    }

    /** Ends everything, also what is added later. */
    void close() {
        closed = true;
        LockSupport.unpark(watcher);
        watched.forEach(Watch::shut);
    }

    /** One that cannot be ended must not keep others from it. */
    private static void shut(Watched one) {
        try {
            one.shut();
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError failed) {
            warn(failed);
        }
    }

    private void run() {
        while (!closed) {
            // Whoever adds while we look sees a wake-up far away and wakes us again; so nothing added is missed.
            wake = System.nanoTime() + FAR;
            long now = System.nanoTime();
            long next = look(now);
            wake = now + next;
            LockSupport.parkNanos(this, next);
        }
    }

    /** Does what is due by that time; returns how many nanoseconds later something else will be. */
    long look(long now) {
        long next = FAR;
        for (Watched one : watched) {
            next = Math.min(next, look(one, now));
        }
        return next;
    }

    /** One that fails at what is due must not keep others from being ended in time. */
    private static long look(Watched one, long now) {
        try {
            return one.look(now);
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError failed) {
            warn(failed);
            return AGAIN;
        }
    }

    private static void warn(Throwable failed) {
        System.getLogger(Watch.class.getName()).log(Level.WARNING, "A call could not be ended.", failed);
    }
}
