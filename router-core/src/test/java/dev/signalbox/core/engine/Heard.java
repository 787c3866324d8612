package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.fail;

import dev.signalbox.spi.RouterEvent;
import dev.signalbox.spi.RouterListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps every event it hears, and lets a test wait for one. Any thread may use it. */
final class Heard implements RouterListener {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final List<RouterEvent> events = new ArrayList<>(); // guarded by lock

    @Override
    public void on(RouterEvent event) {
        lock.lock();
        try {
            events.add(event);
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    <E extends RouterEvent> List<E> all(Class<E> kind) {
        lock.lock();
        try {
            return events.stream().filter(kind::isInstance).map(kind::cast).toList();
        } finally {
            lock.unlock();
        }
    }

    /** The only one of its kind. */
    <E extends RouterEvent> E only(Class<E> kind) {
        List<E> all = all(kind);
        if (all.size() != 1) {
            fail("%d events of %s, not one: %s", all.size(), kind.getSimpleName(), all);
        }
        return all.getFirst();
    }

    /** Waits until so many of a kind were heard; the last of them. */
    <E extends RouterEvent> E await(Class<E> kind, int count) throws InterruptedException {
        long nanos = PATIENCE.toNanos();
        lock.lock();
        try {
            while (all(kind).size() < count) {
                if (nanos <= 0) {
                    fail("only %s of %d events of %s came", all(kind), count, kind.getSimpleName());
                }
                nanos = more.awaitNanos(nanos);
            }
            return all(kind).get(count - 1);
        } finally {
            lock.unlock();
        }
    }

    <E extends RouterEvent> E await(Class<E> kind) throws InterruptedException {
        return await(kind, 1);
    }
}
