package dev.signalbox.spi;

import dev.signalbox.api.Deadline;
import java.time.Instant;

/** A candidate whose turn it is. */
public interface Attempt extends Candidate {

    /** The trace's id. */
    String traceId();

    /** When the request came. */
    Instant arrived();

    /** When the request must have ended. */
    Deadline deadline();
}
