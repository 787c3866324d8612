package dev.signalbox.server.ingress;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Something that takes work to find out and is known for a second then, however many ask. Any thread may; one finds out
 * while the others wait.
 */
final class Glance<T> {

    private static final long KNOWN_FOR = Duration.ofSeconds(1).toNanos();

    /** Finds it out. */
    @FunctionalInterface
    interface Source<T> {
        T look() throws InterruptedException;
    }

    private record Seen<T>(T what, long at) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final LongSupplier nanos;
    private final Source<T> source;
    private Optional<Seen<T>> seen = Optional.empty(); // guarded by lock

    Glance(LongSupplier nanos, Source<T> source) {
        this.nanos = nanos;
        this.source = source;
    }

    /** What was seen within the last second. */
    T get() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Optional<Seen<T>> fresh = seen.filter(last -> nanos.getAsLong() - last.at < KNOWN_FOR);
            return fresh.isPresent() ? fresh.get().what : look();
        } finally {
            lock.unlock();
        }
    }

    private T look() throws InterruptedException {
        T what = source.look();
        seen = Optional.of(new Seen<>(what, nanos.getAsLong()));
        return what;
    }
}
