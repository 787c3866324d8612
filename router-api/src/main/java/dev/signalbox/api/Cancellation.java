package dev.signalbox.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Somebody's wish that something end, and who must hear of it. Any thread may cancel, ask and listen; cancelling
 * twice is cancelling once.
 */
public final class Cancellation {

    /** Stops listening. Does nothing if the action has run. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Object, Runnable> actions = new LinkedHashMap<>(4); // few; guarded by lock
    private volatile boolean cancelled; // written under lock

    /** A wish not yet made. */
    public static Cancellation create() {
        return new Cancellation();
    }

    /** Makes the wish: runs every registered action on this thread, once. What an action throws does not stop the rest. */
    public void cancel() {
        for (Runnable action : take()) {
            runQuietly(action);
        }
    }

    /** Whether the wish was made. */
    public boolean cancelled() {
        return cancelled;
    }

    /** Runs the action when the wish is made; at once, on this thread, if it has been. Actions must not block. */
    public Registration onCancel(Runnable action) {
        Object key = new Object();
        lock.lock();
        try {
            if (!cancelled) {
                actions.put(key, action);
                return () -> forget(key);
            }
        } finally {
            lock.unlock();
        }
        runQuietly(action);
        return () -> {};
    }

    private List<Runnable> take() {
        lock.lock();
        try {
            cancelled = true;
            List<Runnable> taken = List.copyOf(actions.values());
            actions.clear();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void forget(Object key) {
        lock.lock();
        try {
            actions.remove(key);
        } finally {
            lock.unlock();
        }
    }

    private static void runQuietly(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError failure) {
            System.getLogger(Cancellation.class.getName())
                    .log(System.Logger.Level.WARNING, "An action on cancelling failed.", failure);
        }
    }
}
