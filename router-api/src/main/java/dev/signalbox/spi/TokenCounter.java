package dev.signalbox.spi;

import dev.signalbox.api.Deadline;
import java.util.OptionalLong;

/** The ability to count the tokens of a prompt as the model would. */
public interface TokenCounter {

    /**
     * The tokens of the whole prompt, or empty if the server cannot say for this request. Never loads a model.
     *
     * @param request what is to be counted; where the engine asks, its headers hold the {@code Via} to send on, so that a
     *     loop of routers is seen
     */
    OptionalLong count(RequestView request, String model, Deadline deadline)
            throws BackendException, InterruptedException;
}
