package dev.signalbox.core.engine;

import dev.signalbox.spi.PluginContext.Task;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * When something is looked at next. Sooner may be wished for at any time: a look that is under way is not cut short by
 * that, and wishes that keep coming do not put off what is planned. Any thread may wish.
 */
final class Schedule {

    private final Time time;
    private final Supplier<CompletableFuture<Void>> look;
    private final Supplier<Duration> pause;
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<Task> next = Optional.empty(); // guarded by lock
    private long due; // of the next, in nanoseconds; guarded by lock
    private boolean ended; // guarded by lock

    /**
     * Nothing is planned yet.
     *
     * @param look begins to look
     * @param pause how long to wait after a look has ended
     */
    Schedule(Time time, Supplier<CompletableFuture<Void>> look, Supplier<Duration> pause) {
        this.time = time;
        this.look = look;
        this.pause = pause;
    }

    /** Plans a look by then, unless one is planned. */
    void within(Duration wish) {
        lock.lock();
        try {
            long at = time.nanos() + wish.toNanos();
            if (ended || (next.isPresent() && due - at <= 0)) {
                return;
            }
            next.ifPresent(Task::close);
            due = at;
            next = Optional.of(time.after(wish, this::run));
        } finally {
            lock.unlock();
        }
    }

    /** Nothing is planned any more. */
    void end() {
        lock.lock();
        try {
            ended = true;
            next.ifPresent(Task::close);
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        lock.lock();
        try {
            next = Optional.empty();
            if (ended) {
                return;
            }
        } finally {
            lock.unlock();
        }
        var unused = look.get().thenRun(() -> within(pause.get())); // neither of the two throws
    }
}
