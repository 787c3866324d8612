package dev.signalbox.server.cli;

import dev.signalbox.core.Plugins;
import io.helidon.service.registry.GlobalServiceRegistry;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/**
 * What every server needs, whatever its command line says: logging, and what Helidon makes for its first listener. Made on
 * a second thread while the first one reads that line and finds the plugins, which takes about as long.
 */
final class HeadStart {

    private HeadStart() {}

    /** Begins; what it gives finds the plugins. */
    static Supplier<Plugins> begin() {
        CountDownLatch logging = new CountDownLatch(1);
        Thread.ofPlatform().daemon().name("signalbox-head-start").start(() -> {
            try {
                LoggerFactory.getILoggerFactory();
            } finally {
                logging.countDown();
            }
            GlobalServiceRegistry.registry();
        });
        return () -> {
            Plugins plugins = PluginsFolder.discovered();
            await(logging);
            return plugins;
        };
    }

    /** Whoever logs while another thread begins with that gets a logger that only notes what it is told. */
    private static void await(CountDownLatch logging) {
        try {
            logging.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
