package dev.signalbox.server.ingress;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sees at once that a client leaves while its request is answered: a second thread reads from the connection, where
 * nothing comes before the next request or the end. That thread is begun only if the answer is not there soon, since it
 * costs about as much as all else that is decided about a small request.
 *
 * <p>Once it has begun nobody else may read until {@link #end} has returned true. Interrupting the reader would close
 * the connection, so it is waited for.
 */
final class Watch {

    private final Connection connection;
    private final Runnable left;
    private final AtomicBoolean decided = new AtomicBoolean(); // whether it begins or is needless
    private final CountDownLatch over = new CountDownLatch(1);

    /** Runs the action, on a thread of its own, if the client leaves. The request's body has been read. */
    Watch(Connection connection, Runnable left) {
        this.connection = connection;
        this.left = left;
    }

    /** Begins, unless it is needless by now. Any thread. */
    void begin() {
        if (decided.compareAndSet(false, true)) {
            Thread.ofVirtual().name("signalbox-watch").start(this::read);
        }
    }

    /** Says that the answer has ended; true if it has not begun and will not. */
    boolean needless() {
        return decided.compareAndSet(false, true);
    }

    /** Waits, once it has begun, until the client sends its next request or leaves; false if neither came in time. */
    boolean end(Duration patience) throws InterruptedException {
        return over.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void read() {
        try {
            if (connection.awaitDeparture()) {
                left.run();
            }
        } finally {
            over.countDown();
        }
    }
}
