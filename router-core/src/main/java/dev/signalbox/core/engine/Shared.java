package dev.signalbox.core.engine;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A plugin that several plans may hold on to: closed once, when the last of them has let go or everything ends. Any
 * thread may let go.
 */
final class Shared {

    /** More than there are holders ever: whoever sees it knows that it is closed. */
    private static final int CLOSED = 1 << 30;

    private final Runnable close;
    private final AtomicInteger holders = new AtomicInteger();

    Shared(Runnable close) {
        this.close = close;
    }

    /** One more plan needs it; not to be called after the last one has let go. */
    void hold() {
        holders.incrementAndGet();
    }

    /** One plan does not need it any more. */
    void letGo() {
        if (holders.decrementAndGet() == 0) {
            end();
        }
    }

    /** Closes it, whoever needs it. Does nothing the second time. */
    void end() {
        if (holders.getAndUpdate(count -> count | CLOSED) < CLOSED) {
            close.run();
        }
    }
}
