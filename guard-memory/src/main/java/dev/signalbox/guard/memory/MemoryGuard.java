package dev.signalbox.guard.memory;

import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Target;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.Attempt;
import dev.signalbox.spi.AttemptReport;
import dev.signalbox.spi.AttemptReport.Outcome;
import dev.signalbox.spi.Candidate;
import dev.signalbox.spi.Guard;
import dev.signalbox.spi.Lease;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.Refusal;
import dev.signalbox.spi.Verdict;
import java.time.Duration;

/** Keeps requests off targets that ran out of memory. */
final class MemoryGuard implements Guard {

    private final PluginConfig general;
    private final PluginContext context;
    private final Pressure pressure;

    MemoryGuard(PluginConfig general, PluginContext context) {
        this.general = general;
        this.context = context;
        this.pressure = new Pressure(context::nanoTime);
    }

    @Override
    public Verdict assess(Candidate candidate) {
        Manner manner = Manner.of(general, candidate.settings());
        if (manner.action() == Action.OFF) {
            return Verdict.admit();
        }
        return pressure.of(candidate.target(), candidate.host(), candidate.approximateTokens(), manner.cooldown())
                .map(cooling -> verdict(manner.action(), cooling))
                .orElseGet(Verdict::admit);
    }

    private static Verdict verdict(Action action, Cooling cooling) {
        return switch (action) {
            case OFF -> Verdict.admit();
            case WARN -> Verdict.admit(cooling.reason());
            case DEMOTE -> Verdict.demote(cooling.reason());
            case EXCLUDE -> Verdict.exclude(Refusal.unhealthy(cooling.reason(), cooling.wholeSeconds()));
        };
    }

    @Override
    public Admission admit(Attempt attempt) {
        return Admission.granted(new Stay(attempt.target(), attempt.host(), attempt.approximateTokens()));
    }

    /** One attempt, from the moment it is let in. */
    private final class Stay implements Lease {

        private final Target target;
        private final String host;
        private final long tokens;
        private final long since = context.nanoTime();

        Stay(Target target, String host, long tokens) {
            this.target = target;
            this.host = host;
            this.tokens = tokens;
        }

        @Override
        public void undo() {}

        @Override
        public void end(AttemptReport report) {
            switch (report.outcome()) {
                case Outcome.Answered answered -> pressure.answered(target, tokens, since);
                case Outcome.Failed failed -> {
                    if (failed.failure().kind() == FailureKind.OUT_OF_MEMORY) {
                        Duration cooldown =
                                Manner.of(general, report.settings()).cooldown();
                        pressure.failed(target, host, tokens, failed.failure(), cooldown);
                    }
                }
                case Outcome.ClientLeft left -> {} // says nothing of memory
            }
        }
    }
}
