package dev.signalbox.server.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A process that is told to stop by a signal: whoever serves ends in order, and then the process does, with the code 0 that
 * says so.
 */
final class Stopping {

    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);

    private Stopping() {}

    /**
     * Listens for the signal from now on.
     *
     * @param most how long ending in order may take
     */
    static Stopping listening(Duration most) {
        Stopping stopping = new Stopping();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopping.endWithin(most), "signalbox-stopping"));
        return stopping;
    }

    /** Listens for nothing: {@link #tell} is the signal. */
    static Stopping byHand() {
        return new Stopping();
    }

    /** Gives the signal. */
    void tell() {
        told.countDown();
    }

    /** Waits for the signal. */
    void await() throws InterruptedException {
        told.await();
    }

    /** Everything has ended. */
    void over() {
        over.countDown();
    }

    private void endWithin(Duration most) {
        if (over.getCount() == 0) {
            return; // it ends by itself, with a code of its own
        }
        told.countDown();
        try {
            boolean inOrder = over.await(most.toMillis(), TimeUnit.MILLISECONDS);
            Runtime.getRuntime().halt(inOrder ? 0 : 1);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
