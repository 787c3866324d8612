package dev.signalbox.guard.memory;

import dev.signalbox.spi.AttemptReport;
import dev.signalbox.spi.AttemptReport.Outcome;
import dev.signalbox.spi.Lease;
import java.util.Optional;

/**
 * One request that uses a model, from the moment it is let in. As long as it lasts the model does not go.
 *
 * @param before how the model was used when it was let in
 * @param growth what was promised to it
 */
record Visit(Residency residency, Use use, Use.Before before, long growth, Lease inner, Optional<Work> work)
        implements Lease {

    @Override
    public void undo() {
        over(() -> use.undo(growth, before), false);
        inner.undo();
    }

    @Override
    public void end(AttemptReport report) {
        over(() -> use.end(growth, residency.context().nanoTime()), report.outcome() instanceof Outcome.Failed);
        inner.end(report);
    }

    private void over(Runnable counted, boolean failed) {
        if (work.isEmpty()) {
            residency.counting(counted);
        } else {
            residency.locked(() -> over(work.get(), counted, failed));
        }
    }

    private static void over(Work work, Runnable counted, boolean failed) {
        work.dropped();
        counted.run();
        if (failed) {
            work.wasInVain();
        }
    }
}
