package dev.signalbox.guard.memory;

import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Target;
import dev.signalbox.guard.memory.machine.ThisMachine;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.Attempt;
import dev.signalbox.spi.AttemptReport;
import dev.signalbox.spi.AttemptReport.Outcome;
import dev.signalbox.spi.Candidate;
import dev.signalbox.spi.Guard;
import dev.signalbox.spi.Lease;
import dev.signalbox.spi.PerProfile;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.ProbeReport;
import dev.signalbox.spi.Refusal;
import dev.signalbox.spi.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** Keeps requests off targets that ran out of memory, and decides which models are in it where it is counted. */
final class MemoryGuard implements Guard {

    private final PerProfile<Manner> manners;
    private final PluginContext context;
    private final Pressure pressure;
    private final Residency residency;
    private final Entrance entrance;
    private final Chores chores;
    private final boolean counts;

    MemoryGuard(PluginConfig general, PluginContext context, ThisMachine machine) {
        this.manners = new PerProfile<>(profile -> Manner.of(general, profile));
        this.context = context;
        this.pressure = new Pressure(context::nanoTime);
        this.residency = new Residency(general, context, machine);
        this.entrance = new Entrance(residency);
        this.chores = new Chores(residency);
        this.counts = residency.isOn();
        context.publish(new MemoryReport(pressure, residency, general.get(MemoryGuardFactory.COOLDOWN)).report());
    }

    @Override
    public Verdict assess(Candidate candidate) {
        if (counts) {
            Optional<Refusal> never = entrance.never(candidate);
            if (never.isPresent()) {
                return Verdict.exclude(never.get());
            }
        }
        return candidate.explained() && counts ? foreseen(candidate, cooling(candidate)) : cooling(candidate);
    }

    /** A real request has no note of it: it is nothing that somebody should be told each time it happens. */
    private Verdict foreseen(Candidate candidate, Verdict verdict) {
        Optional<String> foreseen = entrance.foreseen(candidate);
        if (foreseen.isEmpty()) {
            return verdict;
        }
        return switch (verdict) {
            case Verdict.Admit admit -> Verdict.admit(with(admit.notes(), foreseen.get()));
            case Verdict.Demote demote -> new Verdict.Demote(demote.reason() + "; " + foreseen.get(), demote.last());
            case Verdict.Exclude exclude -> exclude;
        };
    }

    private static String[] with(List<String> notes, String more) {
        return Stream.concat(notes.stream(), Stream.of(more)).toArray(String[]::new);
    }

    private Verdict cooling(Candidate candidate) {
        if (pressure.isOff()) {
            return Verdict.admit();
        }
        Manner manner = manners.of(candidate.settings());
        if (manner.action() == Action.OFF) {
            return Verdict.admit();
        }
        return pressure.of(
                        candidate.target(), candidate.host(), candidate.request()::approximateTokens, manner.cooldown())
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
        Stay stay = new Stay(attempt.target(), attempt.host(), attempt.request()::approximateTokens);
        return counts ? entrance.admit(attempt, stay) : Admission.granted(stay);
    }

    @Override
    public void probed(ProbeReport report) {
        if (counts) {
            residency.probed(report);
        }
    }

    @Override
    public void close() {
        chores.close();
    }

    /** One attempt, from the moment it is let in. */
    private final class Stay implements Lease {

        private final Target target;
        private final String host;
        private final LongSupplier tokens;
        private final long since = context.nanoTime();

        Stay(Target target, String host, LongSupplier tokens) {
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
                        Duration cooldown = manners.of(report.settings()).cooldown();
                        pressure.failed(target, host, tokens, failed.failure(), cooldown);
                    }
                }
                case Outcome.ClientLeft left -> {} // says nothing of memory
            }
        }
    }
}
