package dev.signalbox.core.engine;

import dev.signalbox.spi.PluginContext.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Time that stands still until a test turns it. What is due runs on a virtual thread of its own, as with the real
 * one; what is due at once does not wait to be turned to.
 */
final class HandTime implements Time {

    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Alarm> alarms = new ArrayList<>(); // guarded by lock
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private long nanos; // guarded by lock
    private volatile boolean closed;

    /** Turns it; what is due by then begins to run. */
    void advance(Duration time) {
        List<Alarm> due;
        lock.lock();
        try {
            nanos += time.toNanos();
            due = alarms.stream().filter(alarm -> alarm.at <= nanos).toList();
            due.forEach(Alarm::rearm);
        } finally {
            lock.unlock();
        }
        due.forEach(Alarm::start);
    }

    /**
     * Waits until that many are to ring exactly then: what was begun before may still be on its way to ask for it, and
     * would ask too late once the time is turned.
     */
    void awaitAlarms(int count, Duration then) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (ringing(then) < count) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("only %d of %d are to ring in %s".formatted(ringing(then), count, then));
            }
            Thread.onSpinWait();
        }
    }

    /** Waits until all that rang has been done, and all that it began at once. */
    void awaitRest() throws InterruptedException {
        for (Optional<Thread> busy = busy(); busy.isPresent(); busy = busy()) {
            if (!busy.get().join(Duration.ofSeconds(20))) {
                throw new AssertionError(
                        "what rang still goes on: " + List.of(busy.get().getStackTrace()));
            }
        }
    }

    private Optional<Thread> busy() {
        return running.stream().findFirst();
    }

    private long ringing(Duration then) {
        lock.lock();
        try {
            return alarms.stream()
                    .filter(alarm -> !alarm.again && alarm.at == nanos + then.toNanos())
                    .count();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Instant now() {
        return START.plusNanos(nanos());
    }

    @Override
    public long nanos() {
        lock.lock();
        try {
            return nanos;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Task after(Duration delay, Runnable task) {
        Alarm alarm = new Alarm(task, delay, false);
        if (delay.isZero()) {
            alarm.start();
        } else {
            arm(alarm);
        }
        return alarm;
    }

    @Override
    public Task every(Duration pause, Runnable task) {
        Alarm alarm = new Alarm(task, pause, true);
        arm(alarm);
        return alarm;
    }

    private void arm(Alarm alarm) {
        lock.lock();
        try {
            alarm.at = nanos + alarm.pause.toNanos();
            alarms.add(alarm);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        running.forEach(Thread::interrupt);
    }

    private final class Alarm implements Task {

        private final ReentrantLock one = new ReentrantLock(); // never twice at once
        private final Runnable task;
        private final Duration pause;
        private final boolean again;
        private long at; // guarded by the clock's lock

        Alarm(Runnable task, Duration pause, boolean again) {
            this.task = task;
            this.pause = pause;
            this.again = again;
        }

        void rearm() {
            at = nanos + pause.toNanos();
            if (!again) {
                alarms.remove(this);
            }
        }

        void start() {
            Thread thread = Thread.ofVirtual().name("hand-time").unstarted(this::run);
            running.add(thread);
            if (!closed) {
                thread.start();
            }
        }

        private void run() {
            one.lock();
            try {
                task.run();
            } finally {
                one.unlock();
                running.remove(Thread.currentThread());
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                alarms.remove(this);
            } finally {
                lock.unlock();
            }
        }
    }
}
