package dev.signalbox.core.body;

import java.util.concurrent.atomic.AtomicLong;

/** How much memory many things together may take. Any thread may ask. */
public final class Budget {

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    /** So many bytes. */
    public Budget(long most) {
        this.most = most;
    }

    /** Takes that much, or nothing if it is not there. */
    public boolean take(long bytes) {
        long before = taken.get();
        while (bytes <= most - before) {
            if (taken.compareAndSet(before, before + bytes)) {
                return true;
            }
            before = taken.get();
        }
        return false;
    }

    /** Gives back what was taken. */
    public void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }

    /** How much is taken now. */
    public long taken() {
        return taken.get();
    }
}
