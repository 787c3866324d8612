package dev.signalbox.core.engine;

import dev.signalbox.spi.RouterEvent;
import dev.signalbox.spi.RouterListener;
import java.util.List;

/** Tells listeners what happens. A listener that throws harms nobody. Immutable. */
final class Events {

    /** Nobody listens. */
    static final Events UNHEARD = new Events(List.of());

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
            Quietly.run(
                    "the listener " + listener.getClass().getName(),
                    "hear of " + event.getClass().getSimpleName(),
                    () -> listener.on(event));
        }
    }

    /** Closes listeners that are told nothing any more. */
    static void close(List<RouterListener> listeners) {
        for (RouterListener listener : listeners) {
            Quietly.close(listener.getClass().getName(), listener);
        }
    }
}
