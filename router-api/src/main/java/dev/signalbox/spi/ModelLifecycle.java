package dev.signalbox.spi;

import dev.signalbox.api.Deadline;
import java.util.List;
import java.util.OptionalLong;

/** The ability to load and unload models. Only a {@link Preparation} may use it. */
public interface ModelLifecycle {

    /**
     * A model that is in memory or on its way there.
     *
     * @param model its name
     * @param memoryBytes what it takes; empty if the runtime does not tell
     * @param contextTokens with which context it was loaded; empty if the runtime does not tell
     */
    record Resident(String model, OptionalLong memoryBytes, OptionalLong contextTokens) {}

    /** What is really loaded now. */
    List<Resident> residents(Deadline deadline) throws BackendException, InterruptedException;

    /** Loads a model and returns when it is there; at once if it was. */
    void load(String model, Deadline deadline) throws BackendException, InterruptedException;

    /** Unloads a model and returns when it is gone; at once if it was not there. Waits for requests it is answering. */
    void unload(String model, Deadline deadline) throws BackendException, InterruptedException;
}
