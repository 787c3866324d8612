package dev.signalbox.spi;

import dev.signalbox.api.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A machine whose memory several backends share, as it is now. Made by the engine. */
public interface HostView {

    /** Its name. */
    String name();

    /** The names of its backends. */
    List<String> backends();

    /** What each backend's last probe said is loaded, by target. */
    List<Target> residents();

    /** How many bytes of memory what is loaded takes, at least: models of unknown size count for nothing. */
    default long residentBytes() {
        return 0;
    }

    /** Requests in flight, by target. */
    Map<Target, Integer> inFlight();

    /**
     * Loads and unloads models of one of its backends; empty if the backend cannot.
     *
     * @throws IllegalStateException if called outside a {@link Preparation}
     */
    Optional<ModelLifecycle> lifecycle(String backend);
}
