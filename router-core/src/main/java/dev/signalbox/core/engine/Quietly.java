package dev.signalbox.core.engine;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends things whose failure to end must not keep others from ending. */
final class Quietly {

    private static final Logger LOG = LoggerFactory.getLogger(Quietly.class);

    private Quietly() {}

    static void close(String what, AutoCloseable resource) {
        try {
            resource.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (Exception failure) {
            LOG.warn("Closing {} failed.", what, failure);
        }
    }
}
