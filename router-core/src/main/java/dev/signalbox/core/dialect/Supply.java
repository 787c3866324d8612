package dev.signalbox.core.dialect;

import dev.signalbox.api.Cancellation;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/** So many bytes that several share: first come, first served, so that a large wish is not passed over. Any thread. */
final class Supply {

    /** One who waits, and whether it got what it wants. */
    private record Waiter(long wanted, CompletableFuture<Boolean> got) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Waiter> line = new ArrayDeque<>(); // guarded by lock
    private long free; // guarded by lock
    private boolean closed; // guarded by lock

    Supply(long bytes) {
        this.free = bytes;
    }

    /**
     * Waits for that many bytes; false if they did not become free as long as the patience lasts.
     *
     * @throws InterruptedException if this thread is interrupted, before or while it waits; then nothing is taken
     */
    boolean take(long bytes, Patience patience) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before it could wait");
        }
        Waiter waiter = new Waiter(bytes, new CompletableFuture<>());
        join(waiter);
        try (Cancellation.Registration leaves = patience.onEnd(() -> waiter.got.complete(false))) {
            return await(waiter, patience.left());
        } catch (InterruptedException interrupted) {
            giveUp(waiter);
            throw interrupted;
        }
    }

    private boolean await(Waiter waiter, Duration longest) throws InterruptedException {
        try {
            waiter.got.get(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            waiter.got.complete(false);
        } catch (ExecutionException never) {
            throw new IllegalStateException("Nobody completes it with a failure.", never);
        }
        return waiter.got.join() || leave(waiter);
    }

    /** What was handed over in the last moment goes back. */
    private void giveUp(Waiter waiter) {
        if (waiter.got.complete(false) || !waiter.got.join()) {
            leave(waiter);
        } else {
            giveBack(waiter.wanted);
        }
    }

    void giveBack(long bytes) {
        change(() -> free += bytes);
    }

    /** Whoever waits gets nothing, now and from now on. */
    void close() {
        change(() -> closed = true);
    }

    private void join(Waiter waiter) {
        change(() -> line.add(waiter));
    }

    /** Whoever stood behind it may be served now. */
    private boolean leave(Waiter waiter) {
        change(() -> line.remove(waiter));
        return false;
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            serve();
        } finally {
            lock.unlock();
        }
    }

    private void serve() {
        for (Waiter next = line.peek(); next != null && next.wanted <= free; next = line.peek()) {
            line.remove();
            free -= next.got.complete(true) ? next.wanted : 0;
        }
        if (closed) {
            line.forEach(waiter -> waiter.got.complete(false));
        }
    }
}
