package dev.signalbox.backend.http.transport;

import static org.awaitility.Awaitility.await;

import dev.signalbox.backend.http.transport.TransportException.Reason;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Something done on a virtual thread of its own. */
final class Later<T> {

    private final CompletableFuture<T> outcome = new CompletableFuture<>();
    private final Thread thread;

    private Later(Thread.Builder threads, Callable<T> work) {
        thread = threads.name("later").start(() -> {
            try {
                outcome.complete(work.call());
            } catch (Throwable failure) {
                outcome.completeExceptionally(failure);
            }
        });
    }

    static <T> Later<T> of(Callable<T> work) {
        return new Later<>(Thread.ofVirtual(), work);
    }

    static <T> Later<T> onPlatformThread(Callable<T> work) {
        return new Later<>(Thread.ofPlatform().daemon(), work);
    }

    /** What goes wrong when this is done here. */
    static Reason reasonOf(Callable<?> work) {
        try {
            throw new AssertionError("nothing went wrong: " + work.call());
        } catch (TransportException failure) {
            return failure.reason();
        } catch (Exception other) {
            throw new AssertionError("not a transport's failure", other);
        }
    }

    Thread thread() {
        return thread;
    }

    T value() throws Exception {
        return outcome.get(30, TimeUnit.SECONDS);
    }

    Throwable failure() throws Exception {
        try {
            throw new AssertionError("it did not fail: " + value());
        } catch (ExecutionException failed) {
            return failed.getCause();
        }
    }

    Reason reason() throws Exception {
        Throwable failure = failure();
        if (failure instanceof TransportException trouble) {
            return trouble.reason();
        }
        throw new AssertionError("not a transport's failure", failure);
    }

    /** Until it waits for something. */
    void awaitBlocked() {
        await().until(() ->
                thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
    }
}
