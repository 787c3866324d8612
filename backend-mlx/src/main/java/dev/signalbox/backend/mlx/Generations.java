package dev.signalbox.backend.mlx;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the server may be generating for us, also what nobody reads any more: closing a connection does not surely end a
 * generation. Any thread may use it.
 */
final class Generations {

    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean abandoned;

    /** One generation, from before it is asked for. */
    final class Generation {

        private final AtomicBoolean over = new AtomicBoolean();

        /** The server has said all, or said no. Nothing happens the second time. */
        void ended() {
            if (over.compareAndSet(false, true)) {
                open.decrementAndGet();
            }
        }

        /** Nobody reads it any more, and the server may go on. Nothing happens if it is over already. */
        void abandoned() {
            if (over.compareAndSet(false, true)) {
                abandoned = true;
                open.decrementAndGet();
            }
        }
    }

    Generation begin() {
        open.incrementAndGet();
        return new Generation();
    }

    /** How many somebody waits for or reads. */
    int open() {
        return open.get();
    }

    /** Whether any may be going on. */
    boolean mayRun() {
        return open.get() > 0 || abandoned;
    }

    /** The server answers other questions: what was abandoned does not keep it from that, or is over. */
    void serverAnswers() {
        abandoned = false;
    }
}
