package dev.signalbox.core.engine;

import dev.signalbox.spi.RouterEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** The last changes of what is known and thought of backends and targets. Any thread may use it. */
final class Changes {

    private static final int MOST = 100;

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<RouterEvent> last = new ArrayDeque<>(); // newest first; guarded by lock

    /** Keeps it if it is such a change; the oldest goes when there are too many. */
    void keep(RouterEvent event) {
        if (!(event instanceof RouterEvent.BackendChanged || event instanceof RouterEvent.JudgementChanged)) {
            return;
        }
        lock.lock();
        try {
            last.addFirst(event);
            if (last.size() > MOST) {
                last.removeLast();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The newest first. */
    List<RouterEvent> all() {
        lock.lock();
        try {
            return new ArrayList<>(last);
        } finally {
            lock.unlock();
        }
    }
}
