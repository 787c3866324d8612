package dev.signalbox.core.engine;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Runs code of plugins so that any thread can end it by an interrupt. The thread is interrupted only while it is in
 * that code, and what we caused is cleared before it leaves it: nobody outside ever sees an interrupt of ours, and
 * nobody else's is lost.
 */
final class Interruptible {

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Thread inside; // guarded by lock
    private boolean ours; // whether we interrupted it; guarded by lock

    /**
     * Runs the code on this thread; one thread at a time.
     *
     * @throws InterruptedException if somebody else interrupted this thread and the code failed
     * @throws CancellationException if we interrupted it and the code says so
     * @throws Exception what else the code threw
     */
    <T> T run(Callable<T> code) throws Exception {
        enter();
        try {
            T result = code.call();
            leave();
            return result;
        } catch (Exception thrown) {
            if (leave()) {
                throw thrown instanceof InterruptedException ? ended(thrown) : thrown;
            }
            boolean marked = Thread.interrupted();
            throw marked && !(thrown instanceof InterruptedException) ? interrupted(thrown) : thrown;
        } catch (Throwable fatal) {
            leave();
            throw fatal;
        }
    }

    /** Interrupts whoever is inside. */
    void interrupt() {
        lock.lock();
        try {
            if (inside != null) {
                ours = true;
                inside.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    private void enter() {
        lock.lock();
        try {
            inside = Thread.currentThread();
        } finally {
            lock.unlock();
        }
    }

    /** Clears the interrupt that we caused; whether there was one. */
    private boolean leave() {
        lock.lock();
        try {
            boolean byUs = ours;
            if (byUs) {
                Thread.interrupted();
            }
            inside = null;
            ours = false;
            return byUs;
        } finally {
            lock.unlock();
        }
    }

    private static Exception ended(Exception cause) {
        CancellationException ended = new CancellationException("ended from outside");
        ended.initCause(cause);
        return ended;
    }

    private static Exception interrupted(Exception cause) {
        InterruptedException interrupted = new InterruptedException("interrupted: " + cause.getMessage());
        interrupted.initCause(cause);
        return interrupted;
    }
}
