package dev.signalbox.spi;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.ModelInfo;
import java.util.Optional;

/** The ability to tell more of one model than a list does. */
public interface ModelCatalog {

    /**
     * Everything the server tells of that model, or empty if it does not know it. Never loads it.
     *
     * @throws BackendException if nobody answers
     */
    Optional<ModelInfo> describe(String model, Deadline deadline) throws BackendException, InterruptedException;
}
