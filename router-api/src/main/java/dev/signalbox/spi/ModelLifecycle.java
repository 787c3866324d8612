package dev.signalbox.spi;

import dev.signalbox.api.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** The ability to load and unload models. Only a {@link Preparation} may use it. */
public interface ModelLifecycle {

    /** How long a model is kept that is never to go by itself. */
    Duration FOR_EVER = Duration.ofDays(36_500);

    /**
     * A model that is in memory or on its way there.
     *
     * @param model its name
     * @param memoryBytes what it takes, the context it was loaded with included; empty if the runtime does not tell
     * @param contextTokens with which context it was loaded; empty if the runtime does not tell
     */
    record Resident(String model, OptionalLong memoryBytes, OptionalLong contextTokens) {}

    /** What is really loaded now. */
    List<Resident> residents(Deadline deadline) throws BackendException, InterruptedException;

    /** Loads a model and returns when it is there; at once if it was. */
    void load(String model, Deadline deadline) throws BackendException, InterruptedException;

    /**
     * Loads a model as {@link #load(String, Deadline)} does, to be kept that long after its last request or {@link
     * #FOR_EVER}; a model that is there is kept so from now on. A runtime without a means for that keeps it as it likes.
     */
    default void load(String model, Duration keep, Deadline deadline) throws BackendException, InterruptedException {
        load(model, deadline);
    }

    /**
     * Unloads a model and returns when it is gone; at once if it was not there. Waits for requests it is answering.
     *
     * @throws BackendException of the kind {@code UNSUPPORTED} if this server never unloads it
     */
    void unload(String model, Deadline deadline) throws BackendException, InterruptedException;
}
