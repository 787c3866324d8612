package dev.signalbox.spi;

import dev.signalbox.api.Deadline;
import java.util.Optional;

/** Asks something outside which class a request belongs to. Any thread may ask. */
public interface Classifier extends AutoCloseable {

    /** The class, or empty if it cannot say by the deadline. Asked at most once for a request. */
    Optional<String> classify(RequestView request, Deadline deadline) throws InterruptedException;

    @Override
    default void close() {}
}
