package dev.signalbox.core.engine;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Something that goes on while the test does something else. */
final class Later<T> {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean leftInterrupted;

    private Later(Thread.Builder threads, Callable<T> work) {
        this.thread = threads.start(() -> {
            try {
                result.complete(work.call());
            } catch (Throwable thrown) {
                leftInterrupted = Thread.currentThread().isInterrupted();
                result.completeExceptionally(thrown);
            }
        });
    }

    static <T> Later<T> run(Callable<T> work) {
        return new Later<>(Thread.ofVirtual().name("later"), work);
    }

    static <T> Later<T> runOnPlatformThread(Callable<T> work) {
        return new Later<>(Thread.ofPlatform().name("later"), work);
    }

    void interrupt() {
        thread.interrupt();
    }

    boolean over() {
        return result.isDone();
    }

    /** Waits that long; whether it is over then. */
    boolean overWithin(Duration time) throws InterruptedException {
        thread.join(time);
        return over();
    }

    /** Whether the work ended with an exception and the mark of an interrupt on its thread. */
    boolean leftInterrupted() {
        return leftInterrupted;
    }

    /** What it returned. */
    T get() throws InterruptedException {
        try {
            return result.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException thrown) {
            throw new AssertionError("it threw", thrown.getCause());
        } catch (TimeoutException late) {
            throw stuck();
        }
    }

    /** What it threw. */
    Throwable thrown() throws InterruptedException {
        try {
            throw new AssertionError("it returned " + result.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException thrown) {
            return thrown.getCause();
        } catch (TimeoutException late) {
            throw stuck();
        }
    }

    private AssertionError stuck() {
        AssertionError stuck = new AssertionError("it goes on and on");
        stuck.setStackTrace(thread.getStackTrace());
        return stuck;
    }
}
