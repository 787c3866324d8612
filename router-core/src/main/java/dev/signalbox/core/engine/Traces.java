package dev.signalbox.core.engine;

import dev.signalbox.api.RouteTrace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** What was decided about the last requests, those under way included. Any thread may ask. */
final class Traces {

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<TraceLog> kept = new ArrayDeque<>(); // the newest first; guarded by lock

    /** Keeps one more, and as many as that at most. */
    void keep(TraceLog trace, int most) {
        lock.lock();
        try {
            kept.addFirst(trace);
            while (kept.size() > most) {
                kept.removeLast();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The one with that id, as it stands now. */
    Optional<RouteTrace> find(String id) {
        return logs().stream().filter(log -> log.id().equals(id)).findFirst().map(TraceLog::read);
    }

    /** All that are kept, the newest first. */
    List<RouteTrace> all() {
        return logs().stream().map(TraceLog::read).toList();
    }

    private List<TraceLog> logs() {
        lock.lock();
        try {
            return new ArrayList<>(kept);
        } finally {
            lock.unlock();
        }
    }
}
