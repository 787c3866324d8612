package dev.signalbox.core.engine;

import dev.signalbox.spi.AttemptReport;
import dev.signalbox.spi.Lease;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Preparation;
import java.util.List;
import java.util.function.Function;

/**
 * What all guards together granted one attempt.
 *
 * @param held a lease of each guard that has something to give back, in the order of the guards
 * @param preparations what is to be done before the request is sent, in that order
 */
record Grant(List<Held> held, List<Work> preparations) {

    static final Grant NOTHING = new Grant(List.of(), List.of());

    Grant {
        held = List.copyOf(held);
        preparations = List.copyOf(preparations);
    }

    /** A guard, with the settings it had then, and what it granted. */
    record Held(ActiveGuard by, PluginConfig settings, Lease lease) {}

    /** A guard and what it wants done first. */
    record Work(ActiveGuard by, Preparation preparation) {}

    /** As if nobody had granted, last first. */
    static void undo(List<Held> held) {
        for (Held each : held.reversed()) {
            Quietly.run(each.by(), "undo a lease", each.lease()::undo);
        }
    }

    /** The first content is here. */
    void committed(Function<PluginConfig, AttemptReport> report) {
        for (Held each : held) {
            if (Hearing.ofCommits(each.lease())) {
                Quietly.run(
                        each.by(),
                        "hear of the first content",
                        () -> each.lease().committed(report.apply(each.settings())));
            }
        }
    }

    /** The attempt is over. */
    void end(Function<PluginConfig, AttemptReport> report) {
        for (Held each : held) {
            Quietly.run(each.by(), "end a lease", () -> each.lease().end(report.apply(each.settings())));
        }
    }
}
