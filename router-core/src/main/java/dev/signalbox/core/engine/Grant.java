package dev.signalbox.core.engine;

import dev.signalbox.spi.AttemptReport;
import dev.signalbox.spi.Lease;
import dev.signalbox.spi.Preparation;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all guards together granted one attempt.
 *
 * @param held a lease of each guard, in the order of the guards
 * @param preparations what is to be done before the request is sent, in that order
 */
record Grant(List<Held> held, List<Preparation> preparations) {

    static final Grant NOTHING = new Grant(List.of(), List.of());

    private static final Logger LOG = LoggerFactory.getLogger(Grant.class);

    Grant {
        held = List.copyOf(held);
        preparations = List.copyOf(preparations);
    }

    /** A guard and what it granted. */
    record Held(ActiveGuard by, Lease lease) {}

    /** As if nobody had granted, last first. */
    static void undo(List<Held> held) {
        for (Held each : held.reversed()) {
            try {
                each.lease().undo();
            } catch (RuntimeException defect) {
                LOG.error("The guard {} failed to undo a lease.", each.by().type(), defect);
            }
        }
    }

    /** The attempt is over. */
    void end(java.util.function.Function<ActiveGuard, AttemptReport> report) {
        for (Held each : held) {
            try {
                each.lease().end(report.apply(each.by()));
            } catch (RuntimeException defect) {
                LOG.error("The guard {} failed to end a lease.", each.by().type(), defect);
            }
        }
    }
}
