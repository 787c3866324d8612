package dev.signalbox.core.dialect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Something read from a body on first demand and kept. Any thread may ask; one reads while the others wait. */
final class Lazy<T> {

    /** Reads it. */
    @FunctionalInterface
    interface Source<T> {
        T read() throws IOException;
    }

    private final ReentrantLock lock;
    private final Source<T> source;
    private volatile Optional<T> value = Optional.empty(); // written under lock

    Lazy(Source<T> source) {
        this(new ReentrantLock(), source);
    }

    /** One that takes turns with all that have the same lock. */
    Lazy(ReentrantLock lock, Source<T> source) {
        this.lock = lock;
        this.source = source;
    }

    /** The value; what reading throws is thrown unchecked, and the next one to ask tries again. */
    T get() {
        return value.orElseGet(this::read);
    }

    /** The value if somebody has asked for it already. */
    Optional<T> known() {
        return value;
    }

    private T read() {
        lock.lock();
        try {
            if (value.isEmpty()) {
                value = Optional.of(source.read());
            }
            return value.get();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            lock.unlock();
        }
    }
}
