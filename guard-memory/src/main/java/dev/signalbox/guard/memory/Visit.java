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
        residency.locked(() -> {
            work.ifPresent(Work::dropped);
            use.undo(growth, before);
        });
        inner.undo();
    }

    @Override
    public void end(AttemptReport report) {
        residency.locked(() -> {
            work.ifPresent(Work::dropped);
            use.end(
                    growth,
                    residency.context().nanoTime(),
                    residency.context().clock().instant());
            if (report.outcome() instanceof Outcome.Failed) {
                work.ifPresent(Work::wasInVain);
            }
        });
        inner.end(report);
    }
}
