package dev.signalbox.testkit;

import dev.signalbox.api.Deadline;
import dev.signalbox.spi.PluginContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A clock that stands still until a test turns it. Gives the time of day, nanoseconds that never go back, and runs
 * scheduled tasks when their moment is passed.
 *
 * <p>Any thread may read it and schedule; tasks run one after the other on the thread that turns it.
 */
public final class HandClock implements InstantSource {

    /** Where a clock stands at first: 1 January 2026, 12:00 UTC. */
    public static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Entry> entries = new ArrayList<>(); // guarded by lock
    private Duration passed = Duration.ZERO; // guarded by lock

    private static final class Entry {
        private final Optional<Duration> every; // empty: once
        private final Runnable task;
        private Duration due;
        private final Set<Thread> inside = new HashSet<>(); // that run it: more than one may turn the clock

        private Entry(Optional<Duration> every, Runnable task, Duration due) {
            this.every = every;
            this.task = task;
            this.due = due;
        }
    }

    @Override
    public Instant instant() {
        return START.plus(passed());
    }

    /** Nanoseconds since the clock was made. */
    public long nanoTime() {
        return passed().toNanos();
    }

    /** A deadline that comes when this clock was turned that far. */
    public Deadline deadline(Duration time) {
        return Deadline.after(time, this::nanoTime);
    }

    /**
     * Runs a task each time that long has passed since it last ran, until it is closed.
     *
     * @param every more than nothing
     */
    public PluginContext.Task schedule(Duration every, Runnable task) {
        if (every.isNegative() || every.isZero()) {
            throw new IllegalArgumentException("A task every " + every + " would never let the clock go on");
        }
        return enter(Optional.of(every), task, every);
    }

    /** Runs a task once when that long has passed, at the latest the next time the clock is turned; unless it is closed. */
    public PluginContext.Task once(Duration after, Runnable task) {
        return enter(Optional.empty(), task, after);
    }

    private PluginContext.Task enter(Optional<Duration> every, Runnable task, Duration after) {
        lock.lock();
        try {
            Entry entry = new Entry(every, task, passed.plus(after));
            entries.add(entry);
            return () -> remove(entry);
        } finally {
            lock.unlock();
        }
    }

    /** How many tasks are scheduled: none should be left once a plugin is closed. */
    public int scheduled() {
        lock.lock();
        try {
            return entries.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Turns the clock, stopping at the moment of each task to run it. Returns when all have run.
     *
     * @throws AssertionError if a task threw; the others ran all the same
     */
    public void advance(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("The clock cannot be turned back by " + time.negated());
        }
        Duration end = passed().plus(time);
        List<RuntimeException> thrown = new ArrayList<>();
        for (Optional<Entry> next = next(end); next.isPresent(); next = next(end)) {
            try {
                next.get().task.run();
            } catch (RuntimeException failure) {
                thrown.add(failure);
            } finally {
                ended(next.get());
            }
        }
        if (!thrown.isEmpty()) {
            throw failed(thrown);
        }
    }

    /** Turns the clock to the next task that is due by then; at the end if there is none. */
    private Optional<Entry> next(Duration end) {
        lock.lock();
        try {
            Optional<Entry> next = entries.stream()
                    .filter(entry -> !entry.inside.contains(Thread.currentThread()) && entry.due.compareTo(end) <= 0)
                    .min(Comparator.comparing(entry -> entry.due));
            passed = next.map(entry -> entry.due).orElse(end);
            next.ifPresent(this::plan);
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** A task that turned the clock itself runs again that long after it has ended, and not inside itself. */
    private void ended(Entry entry) {
        lock.lock();
        try {
            entry.inside.remove(Thread.currentThread());
            if (entry.due.compareTo(passed) <= 0) {
                entry.every.ifPresent(pause -> entry.due = passed.plus(pause));
            }
        } finally {
            lock.unlock();
        }
    }

    /** When it runs again, if it does. */
    private void plan(Entry entry) {
        entry.inside.add(Thread.currentThread());
        entry.every.ifPresentOrElse(pause -> entry.due = entry.due.plus(pause), () -> entries.remove(entry));
    }

    private void remove(Entry entry) {
        lock.lock();
        try {
            entries.remove(entry);
        } finally {
            lock.unlock();
        }
    }

    private Duration passed() {
        lock.lock();
        try {
            return passed;
        } finally {
            lock.unlock();
        }
    }

    private static AssertionError failed(List<RuntimeException> thrown) {
        AssertionError error = new AssertionError(thrown.size() + " runs of scheduled tasks threw", thrown.getFirst());
        thrown.stream().skip(1).forEach(error::addSuppressed);
        return error;
    }
}
