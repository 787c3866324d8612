package dev.signalbox.core.engine;

import static java.util.Objects.requireNonNull;

import dev.signalbox.api.Cancellation;
import dev.signalbox.api.FailureKind;
import dev.signalbox.core.config.Limits;
import dev.signalbox.core.dialect.ReadingRefused;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The plugin code of one attempt, which may block and throw anything. The request's thread runs it; any thread may stop
 * it, once, until the attempt has ended.
 */
final class Stoppable {

    /** How long plugin code may go on after its sockets were closed before its thread is interrupted. */
    static final Duration PATIENCE = Duration.ofMillis(20);

    private final Time time;
    private final Limits limits;
    private final Logger log;
    private final Cancellation cancellation = Cancellation.create();
    private final Interruptible inside = new Interruptible();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Stop stop; // written under lock
    private boolean ended; // guarded by lock

    Stoppable(Time time, Limits limits, Logger log) {
        this.time = time;
        this.limits = limits;
        this.log = log;
    }

    /** Fires when it is stopped. */
    Cancellation cancellation() {
        return cancellation;
    }

    /**
     * Runs code of a plugin.
     *
     * @throws BackendException if it failed, is a defect, or was stopped
     * @throws InterruptedException if somebody else interrupted this thread
     */
    <T> T run(String who, Callable<T> code) throws BackendException, InterruptedException {
        throwIfStopped();
        try {
            return requireNonNull(inside.run(code), "it answered null");
        } catch (InterruptedException others) {
            throw others;
        } catch (ReadingRefused refused) {
            throwIfStopped();
            throw refused;
        } catch (Throwable thrown) {
            PluginDefect.throwIfFatal(thrown);
            throwIfStopped();
            throw thrown instanceof BackendException failed ? failed : defect(who, thrown);
        }
    }

    /** A plugin's own bug, logged. */
    BackendException defect(String who, Throwable bug) {
        log.error("{} failed: its own bug, reported as such.", who, bug);
        return new BackendException(Failure.of(FailureKind.DEFECT, "%s failed: %s".formatted(who, bug)), bug);
    }

    /** Stops it: the socket is closed at once; code that still blocks a little later is interrupted. */
    void stop(Stop why, Runnable closeSocket) {
        lock.lock();
        try {
            if (stop != null || ended) {
                return;
            }
            stop = why;
        } finally {
            lock.unlock();
        }
        time.after(PATIENCE, inside::interrupt); // before the rest, which may block until then
        cancellation.cancel();
        closeSocket.run();
    }

    /** Why it was stopped, if it was. */
    Optional<Stop> stopped() {
        return Optional.ofNullable(stop);
    }

    /** Nothing stops it from now on; false if that was so before. */
    boolean end() {
        lock.lock();
        try {
            boolean first = !ended;
            ended = true;
            return first;
        } finally {
            lock.unlock();
        }
    }

    /** Fails if it was stopped. */
    void throwIfStopped() throws BackendException {
        Stop why = stop;
        if (why != null) {
            throw why.failure(limits);
        }
    }
}
