package dev.signalbox.spi;

import dev.signalbox.api.Target;
import java.util.List;

/** Orders the targets of a pool. It does not choose: what it leaves behind is the fallback inside the pool. */
@FunctionalInterface
public interface Selector {

    /**
     * The candidates' targets, best first. What is missing in the answer comes last in the given order; what was not
     * given is ignored. No I/O. Asked by any thread, for each request and whenever the waiting room asks again.
     */
    List<Target> order(List<Candidate> candidates);
}
