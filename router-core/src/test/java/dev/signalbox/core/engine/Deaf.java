package dev.signalbox.core.engine;

import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waits as careless code does: nothing but an interrupt gets it out before its time. */
final class Deaf {

    private Deaf() {}

    static void until(CompletableFuture<?> event) throws InterruptedIOException {
        try {
            event.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException failed) {
            throw new AssertionError(failed);
        }
    }
}
