package dev.signalbox.testkit;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** Something that runs on a virtual thread of its own, so that a test can see it wait, interrupt it and get its result. */
final class Later<T> {

    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final Thread thread;

    private Later(Callable<T> work) {
        this.thread = Thread.ofVirtual().name("later").start(() -> {
            try {
                result.complete(work.call());
            } catch (Throwable thrown) {
                result.completeExceptionally(thrown);
            }
        });
    }

    static <T> Later<T> run(Callable<T> work) {
        return new Later<>(work);
    }

    /** Completes with what it returns or throws. */
    CompletableFuture<T> result() {
        return result;
    }

    void interrupt() {
        thread.interrupt();
    }
}
