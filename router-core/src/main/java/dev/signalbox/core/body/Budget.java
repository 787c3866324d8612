package dev.signalbox.core.body;

import java.util.concurrent.atomic.AtomicLong;

/** How much memory all bodies together may take. Any thread may ask. */
final class Budget {

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    Budget(long most) {
        this.most = most;
    }

    /** Takes that much, or nothing if it is not there. */
    boolean take(long bytes) {
        long before = taken.get();
        while (bytes <= most - before) {
            if (taken.compareAndSet(before, before + bytes)) {
                return true;
            }
            before = taken.get();
        }
        return false;
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }

    long taken() {
        return taken.get();
    }
}
