package dev.signalbox.spi;

import dev.signalbox.api.Deadline;
import java.util.Optional;

/** Asks something outside which class a request belongs to. Any thread may ask. */
public interface Classifier extends AutoCloseable {

    /**
     * The class, or empty if it cannot say by the deadline. Asked at most once for a request.
     *
     * @throws InterruptedException if the thread is interrupted: at the deadline, which is then as if it could not say,
     *     or because the client left
     */
    Optional<String> classify(RequestView request, Deadline deadline) throws InterruptedException;

    @Override
    default void close() {}
}
