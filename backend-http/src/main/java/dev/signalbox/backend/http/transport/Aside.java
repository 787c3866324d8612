package dev.signalbox.backend.http.transport;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;

/** Work that cannot be interrupted, done on a thread of its own that nobody has to wait for. */
final class Aside {

    /** Something that blocks for as long as it likes. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    private Aside() {}

    /**
     * What the work gives, unless the exchange ends before.
     *
     * @param late takes what the work gives when nobody waits for it any more
     * @param trouble makes of its failure what is to be told
     */
    static <T> T run(Exchange exchange, Work<T> work, Consumer<T> late, Function<Throwable, IOException> trouble)
            throws IOException {
        CompletableFuture<T> result = new CompletableFuture<>();
        exchange.cutBy(() -> result.cancel(false));
        Thread.ofVirtual().name("transport-aside").start(() -> complete(result, work, late));
        try {
            return result.get();
        } catch (InterruptedException interrupted) {
            result.cancel(false);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (CancellationException ended) {
            throw new IOException("ended", ended);
        } catch (ExecutionException failure) {
            throw trouble.apply(Objects.requireNonNullElse(failure.getCause(), failure));
        }
    }

    private static <T> void complete(CompletableFuture<T> result, Work<T> work, Consumer<T> late) {
        try {
            T value = work.run();
            if (!result.complete(value)) {
                late.accept(value);
            }
        } catch (IOException | RuntimeException failure) {
            result.completeExceptionally(failure);
        }
    }
}
