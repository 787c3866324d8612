package dev.signalbox.spi;

import dev.signalbox.api.Deadline;

/** Work between being let in and being sent: unload, wait, measure, load. */
@FunctionalInterface
public interface Preparation {

    /**
     * Does the work; may block until the deadline. The engine runs at most one at a time for a host.
     *
     * @throws BackendException if the target cannot be made ready; the attempt fails with its kind
     */
    void run(Deadline deadline) throws BackendException, InterruptedException;
}
