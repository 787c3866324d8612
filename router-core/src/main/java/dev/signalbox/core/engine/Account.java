package dev.signalbox.core.engine;

import dev.signalbox.api.Target;
import dev.signalbox.api.Usage;
import dev.signalbox.spi.AttemptReport;
import dev.signalbox.spi.AttemptReport.Outcome;
import dev.signalbox.spi.AttemptReport.Phase;
import dev.signalbox.spi.PluginConfig;
import java.time.Duration;
import java.util.Optional;

/**
 * How an attempt went up to one of its phases, in the words of each guard.
 *
 * @param firstContent how long the target took to its first content, of a reply that is streamed
 */
record Account(
        Journey journey,
        Target target,
        Phase phase,
        Outcome outcome,
        Optional<Duration> firstContent,
        Optional<Usage> usage) {

    /** Tells every guard that listens; one that fails keeps no other from hearing it. */
    void tell() {
        for (ActiveGuard active : journey.plan().guards()) {
            if (active.hearing().outcomes()) {
                Quietly.run(active, "observe", () -> active.guard().observe(to(active.settingsIn(journey.profile()))));
            }
        }
    }

    /** What a guard is told that has these settings. */
    AttemptReport to(PluginConfig settings) {
        return new AttemptReport(
                target, journey.profile().name(), settings, phase, outcome, firstContent, usage, journey.request());
    }
}
