package dev.signalbox.spi;

import dev.signalbox.api.Deadline;
import java.util.OptionalDouble;

/** The ability to tell how busy the server is. */
public interface LoadSignal {

    /**
     * How busy a server says it is, whoever keeps it busy.
     *
     * @param running requests it works on
     * @param waiting requests in its own queue
     * @param cacheUsage the used share of its cache for keys and values, 0 to 1; empty if it does not tell
     */
    record Load(int running, int waiting, OptionalDouble cacheUsage) {}

    /** How busy it is now. Cheap for the server; asked at most once a second. */
    Load load(Deadline deadline) throws BackendException, InterruptedException;
}
