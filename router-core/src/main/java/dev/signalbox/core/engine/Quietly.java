package dev.signalbox.core.engine;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does things whose failure must not keep others from being done. */
final class Quietly {

    private static final Logger LOG = LoggerFactory.getLogger(Quietly.class);

    private Quietly() {}

    /** Something that may fail. */
    @FunctionalInterface
    interface Act {
        void run() throws Exception;
    }

    /**
     * Does it; what it throws is logged as a failure of who did it.
     *
     * @param who {@code the guard health}; put into words only then
     * @param what {@code observe}: what it failed to do
     */
    static void run(Object who, String what, Act act) {
        try {
            act.run();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (Throwable failure) {
            PluginDefect.throwIfFatal(failure);
            LOG.error("{} failed to {}.", who, what, failure);
        }
    }

    static void close(String what, AutoCloseable resource) {
        run(what, "close", resource::close);
    }
}
