package dev.signalbox.guard.health;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.Attempt;
import dev.signalbox.spi.Candidate;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.Guard;
import dev.signalbox.spi.PerProfile;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.ProbeReport;
import dev.signalbox.spi.Refusal;
import dev.signalbox.spi.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;

/** Keeps requests off targets that fail, and has one at a time look whether they are well again. */
final class HealthGuard implements Guard {

    /** When to come back while somebody is looking how it is. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private final PluginConfig general;
    private final PerProfile<Manner> manners;
    private final PluginContext context;
    private final Rhythm rhythm;
    private final Charts charts;
    private final Diary diary;
    private final DoubleSupplier spread;
    private final Stay.Pen pen;

    HealthGuard(PluginConfig general, PluginContext context) {
        this(general, context, () -> ThreadLocalRandom.current().nextDouble());
    }

    /**
     * A guard that has seen nothing.
     *
     * @param spread where pauses lie in their ranges, from 0 to 1
     */
    HealthGuard(PluginConfig general, PluginContext context, DoubleSupplier spread) {
        this.general = general;
        this.manners = new PerProfile<>(profile -> Manner.of(general, profile));
        this.context = context;
        this.rhythm = Rhythm.of(general);
        this.diary = new Diary(context, rhythm);
        this.spread = spread;
        this.charts = new Charts(spread);
        this.pen = new Stay.Pen(diary, context, rhythm, spread, new AtomicLong());
        context.publish(new HealthReport(charts, Manner.of(general).thresholds(), rhythm, context::nanoTime).report());
    }

    @Override
    public Verdict assess(Candidate candidate) {
        Manner manner = manners.of(candidate.settings());
        if (manner.action() == Action.OFF) {
            return Verdict.admit();
        }
        Course target = charts.seen(candidate.target());
        Course backend = charts.seenOf(candidate.target().backend());
        return target.isQuiet() && backend.isQuiet()
                ? Verdict.admit() // as nearly always
                : verdict(candidate, manner, worst(candidate, manner.thresholds(), target, backend));
    }

    private Standing worst(Candidate candidate, Thresholds thresholds, Course target, Course backend) {
        long now = now();
        Optional<Double> best = target.speed().known() ? best(candidate, thresholds) : Optional.empty();
        return worse(
                target.standing(thresholds, best, now, rhythm),
                backend.standing(thresholds, Optional.empty(), now, rhythm));
    }

    private static Verdict verdict(Candidate candidate, Manner manner, Standing worst) {
        return switch (manner.action()) {
            case OFF -> Verdict.admit();
            case WARN -> worst.level() == Level.HEALTHY ? Verdict.admit() : Verdict.admit(words(candidate, worst));
            case DEMOTE -> worst.keepsOff() ? demoting(candidate, worst) : Verdict.admit();
            case EXCLUDE -> excluding(candidate, worst);
        };
    }

    /** What is slow answers still, so it comes before what fails. */
    private static Verdict demoting(Candidate candidate, Standing standing) {
        String words = words(candidate, standing);
        return standing.level() == Level.UNHEALTHY ? Verdict.demoteLast(words) : Verdict.demote(words);
    }

    private static Verdict excluding(Candidate candidate, Standing standing) {
        if (!standing.keepsOff()) {
            return Verdict.admit();
        }
        String words = words(candidate, standing);
        if (standing.level() != Level.UNHEALTHY) {
            return Verdict.demote(words);
        }
        boolean taken = standing.turn() == Standing.Turn.TAKEN;
        return Verdict.exclude(Refusal.unhealthy(words, taken ? SOON : standing.wholeSeconds()));
    }

    private static String words(Candidate candidate, Standing standing) {
        return "%s is %s: %s".formatted(candidate.target(), standing.level().id(), standing.words());
    }

    /** The one that matters more: what keeps off before what does not, then the worse, then what lasts longer. */
    private static Standing worse(Standing one, Standing other) {
        if (one.keepsOff() != other.keepsOff()) {
            return one.keepsOff() ? one : other;
        }
        int levels = one.level().compareTo(other.level());
        return levels > 0 || (levels == 0 && one.left().compareTo(other.left()) >= 0) ? one : other;
    }

    private Optional<Double> best(Candidate candidate, Thresholds thresholds) {
        return thresholds.slower().isPresent() ? charts.best(candidate.chain()) : Optional.empty();
    }

    @Override
    public Admission admit(Attempt attempt) {
        Manner manner = manners.of(attempt.settings());
        if (manner.action() == Action.OFF) {
            return Admission.granted();
        }
        Stay stay = new Stay(
                charts.of(attempt.target()),
                charts.ofBackend(attempt.target().backend()),
                manner.thresholds(),
                () -> best(attempt, manner.thresholds()),
                pen);
        Optional<Standing> against = stay.enter().filter(standing -> manner.action() == Action.EXCLUDE);
        return against.map(standing -> later(attempt, standing)).orElseGet(() -> Admission.granted(stay));
    }

    private Admission later(Attempt attempt, Standing standing) {
        String words = words(attempt, standing);
        return standing.turn() == Standing.Turn.TAKEN
                ? Admission.later(words)
                : Admission.later(words, context.clock().instant().plus(standing.left()));
    }

    /** Counts even where nothing is done by default: a profile may say otherwise, and all share what was seen. */
    @Override
    public void probed(ProbeReport report) {
        Thresholds thresholds = Manner.of(general).thresholds();
        String backend = report.backend();
        if (report.failure().filter(HealthGuard::nobodyThere).isPresent()) {
            Trouble trouble = new Trouble(
                    "the probe",
                    FailureKind.UNREACHABLE,
                    report.failure().map(Failure::message).orElse(""));
            double next = spread.getAsDouble();
            diary.write(
                    charts.ofBackend(backend),
                    thresholds,
                    Optional::empty,
                    "",
                    course -> course.missed(trouble, now(), next));
        } else if (report.status().state() == BackendState.READY) {
            for (Chart chart : charts.around(backend)) {
                diary.write(
                        chart,
                        thresholds,
                        Optional::empty,
                        "a probe has found it again",
                        course -> course.seen(now(), rhythm));
            }
        }
    }

    private static boolean nobodyThere(Failure failure) {
        return failure.kind() == FailureKind.UNREACHABLE;
    }

    private long now() {
        return context.nanoTime();
    }
}
