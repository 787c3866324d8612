package dev.signalbox.server.cli;

import dev.signalbox.core.Plugins;
import io.helidon.service.registry.GlobalServiceRegistry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * What every server needs, whatever its command line says: found on a second thread while the first one reads that line,
 * which takes about as long.
 */
final class HeadStart {

    private HeadStart() {}

    /** Begins; what it gives waits for the plugins. */
    static Supplier<Plugins> begin() {
        CompletableFuture<Plugins> plugins = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("signalbox-head-start").start(() -> {
            plugins.completeAsync(Plugins::discovered, Runnable::run);
            GlobalServiceRegistry.registry(); // of Helidon, which makes it for the first listener
        });
        return () -> result(plugins);
    }

    private static Plugins result(CompletableFuture<Plugins> plugins) {
        try {
            return plugins.join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }
}
