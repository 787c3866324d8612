package dev.signalbox.server.ingress;

import java.time.Duration;

/**
 * Sees at once that a client leaves while its request is answered: a second thread reads from the connection, where
 * nothing comes before the next request or the end.
 *
 * <p>Nobody else may read until {@link #end} has returned true. Interrupting the reader would close the connection, so
 * it is waited for.
 */
final class Watch {

    private final Thread reader;

    private Watch(Thread reader) {
        this.reader = reader;
    }

    /** Watches; runs the action, on a thread of its own, if the client leaves. The request's body has been read. */
    static Watch over(Connection connection, Runnable left) {
        return new Watch(Thread.ofVirtual().name("signalbox-watch").start(() -> {
            if (connection.awaitDeparture()) {
                left.run();
            }
        }));
    }

    /** Waits until the client sends its next request or leaves; false if neither came in time. */
    boolean end(Duration patience) throws InterruptedException {
        return reader.join(patience);
    }
}
