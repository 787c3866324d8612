package dev.signalbox.core.engine;

import dev.signalbox.spi.RouterEvent;
import dev.signalbox.spi.RouterListener;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners what happens. A listener that throws harms nobody. */
final class Events {

    private static final Logger LOG = LoggerFactory.getLogger(Events.class);

    private final List<RouterListener> listeners;

    Events(List<RouterListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    /** Whether anybody listens: else an event need not be made. */
    boolean heard() {
        return !listeners.isEmpty();
    }

    void tell(RouterEvent event) {
        for (RouterListener listener : listeners) {
            try {
                listener.on(event);
            } catch (RuntimeException | LinkageError failure) {
                LOG.warn(
                        "The listener {} failed on {}.",
                        listener.getClass().getName(),
                        event.getClass().getSimpleName(),
                        failure);
            }
        }
    }

    void close() {
        for (RouterListener listener : listeners) {
            Quietly.close(listener.getClass().getName(), listener);
        }
    }
}
