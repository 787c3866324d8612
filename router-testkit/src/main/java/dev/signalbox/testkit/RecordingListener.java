package dev.signalbox.testkit;

import dev.signalbox.spi.RouterEvent;
import dev.signalbox.spi.RouterListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Remembers every event, and lets a test wait for one. Any thread may use it. */
public final class RecordingListener implements RouterListener {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final List<RouterEvent> events = new ArrayList<>(); // guarded by lock

    @Override
    public void on(RouterEvent event) {
        lock.lock();
        try {
            events.add(event);
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** All events so far. */
    public List<RouterEvent> events() {
        lock.lock();
        try {
            return List.copyOf(events);
        } finally {
            lock.unlock();
        }
    }

    /** The events of one kind so far. */
    public <E extends RouterEvent> List<E> events(Class<E> kind) {
        return events().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The only event of a kind so far; an {@link AssertionError} if there are several, or none. */
    public <E extends RouterEvent> E only(Class<E> kind) {
        List<E> found = events(kind);
        if (found.size() != 1) {
            throw new AssertionError(
                    "%d events of %s, not one: %s".formatted(found.size(), kind.getSimpleName(), found));
        }
        return found.getFirst();
    }

    /** Waits for the first event of a kind; an {@link AssertionError} after ten seconds. */
    public <E extends RouterEvent> E await(Class<E> kind) throws InterruptedException {
        return await(kind, 1).getFirst();
    }

    /** Waits for so many events of a kind; an {@link AssertionError} after ten seconds. */
    public <E extends RouterEvent> List<E> await(Class<E> kind, int count) throws InterruptedException {
        lock.lock();
        try {
            long left = PATIENCE.toNanos();
            while (events(kind).size() < count && left > 0) {
                left = grown.awaitNanos(left);
            }
            List<E> found = events(kind);
            if (found.size() < count) {
                throw new AssertionError("%d events of %s are waited for, there are %d among %s"
                        .formatted(count, kind.getSimpleName(), found.size(), events));
            }
            return found;
        } finally {
            lock.unlock();
        }
    }
}
