package dev.signalbox.core.engine;

import dev.signalbox.spi.PluginContext.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The system's clocks, and one daemon thread that starts a virtual thread for each task that is due. */
public final class SystemTime implements Time {

    private final ScheduledThreadPoolExecutor alarm;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** A clock of its own. */
    public SystemTime() {
        alarm = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("signalbox-clock").factory());
        alarm.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Task after(Duration delay, Runnable task) {
        Repeat once = new Repeat(task, Duration.ZERO, false);
        once.schedule(delay);
        return once;
    }

    @Override
    public Task every(Duration pause, Runnable task) {
        Repeat repeat = new Repeat(task, pause, true);
        repeat.schedule(pause);
        return repeat;
    }

    @Override
    public void close() {
        closed = true;
        alarm.shutdownNow();
        running.forEach(Thread::interrupt);
    }

    /** One task: waiting, running on a thread of its own, or ended. */
    private final class Repeat implements Task {

        private final Runnable task;
        private final Duration pause;
        private final boolean again;
        private volatile boolean ended;
        private volatile @org.jspecify.annotations.Nullable Future<?> waiting;
        private volatile @org.jspecify.annotations.Nullable Thread thread;

        Repeat(Runnable task, Duration pause, boolean again) {
            this.task = task;
            this.pause = pause;
            this.again = again;
        }

        void schedule(Duration delay) {
            try {
                waiting = alarm.schedule(this::start, delay.toNanos(), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException closed) {
                ended = true;
            }
        }

        private void start() {
            if (!ended) {
                Thread fresh = Thread.ofVirtual().name("signalbox-task").unstarted(this::run);
                thread = fresh;
                running.add(fresh);
                if (!closed) { // asked after it can be seen by whoever closes
                    fresh.start();
                }
            }
        }

        private void run() {
            try {
                Quietly.run("a task", "run", task::run);
            } finally {
                thread = null;
                running.remove(Thread.currentThread());
                if (again && !ended) {
                    schedule(pause);
                }
            }
        }

        @Override
        public void close() {
            ended = true;
            Future<?> due = waiting;
            if (due != null) {
                due.cancel(false);
            }
            Thread busy = thread;
            if (busy != null && !busy.equals(Thread.currentThread())) {
                busy.interrupt();
            }
        }
    }
}
