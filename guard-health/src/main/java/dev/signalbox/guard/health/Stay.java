package dev.signalbox.guard.health;

import dev.signalbox.spi.AttemptReport;
import dev.signalbox.spi.AttemptReport.Outcome;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.Lease;
import dev.signalbox.spi.PluginContext;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** One attempt, from the moment it is let in; perhaps the one that looks how its target or backend is. */
final class Stay implements Lease {

    /** The name of who has not come near to looking: nobody looks by that name. */
    private static final long NOBODY = 0;

    private final Chart target;
    private final Chart backend;
    private final Thresholds thresholds;
    private final Supplier<Optional<Double>> best;
    private final Pen pen;
    private long id = NOBODY; // written before it is lent, by the thread that lends it
    private final AtomicBoolean decided = new AtomicBoolean();

    /**
     * What is needed to write.
     *
     * @param names those of whoever may come to look, no two of them the same
     */
    record Pen(Diary diary, PluginContext context, Rhythm rhythm, DoubleSupplier spread, AtomicLong names) {
        long now() {
            return context.nanoTime();
        }
    }

    /**
     * One that has not been let in yet.
     *
     * @param best how many seconds the first content of the best of the chain takes
     */
    Stay(Chart target, Chart backend, Thresholds thresholds, Supplier<Optional<Double>> best, Pen pen) {
        this.target = target;
        this.backend = backend;
        this.thresholds = thresholds;
        this.best = best;
        this.pen = pen;
    }

    /** Goes in, as the one that looks if that is its turn; what keeps it off otherwise, and then it takes no turn. */
    Optional<Standing> enter() {
        Optional<Standing> against = take(target, best).or(() -> take(backend, Optional::empty));
        if (against.isPresent()) {
            undo();
        }
        return against;
    }

    private Optional<Standing> take(Chart chart, Supplier<Optional<Double>> bestOfChain) {
        Standing standing = chart.take(this::name, thresholds, bestOfChain, pen::now, pen.rhythm());
        return Optional.of(standing).filter(each -> each.keepsOff() && each.level() == Level.UNHEALTHY);
    }

    private long name() {
        if (id == NOBODY) {
            id = pen.names().incrementAndGet();
        }
        return id;
    }

    @Override
    public void undo() {
        target.undo(id);
        backend.undo(id);
    }

    /** The first content decides a trial. */
    @Override
    public void committed(AttemptReport report) {
        boolean tried = looks(target) || looks(backend);
        decide(report.timeToFirstContent());
        if (tried) {
            pen.context().askAgain();
        }
    }

    /** Whether it is the one that looks how that is; most never come near to it, and need not ask. */
    private boolean looks(Chart chart) {
        return id != NOBODY && chart.now().triedBy(id);
    }

    private void decide(Optional<Duration> firstContent) {
        boolean saysSomething = id != NOBODY || firstContent.isPresent();
        if (!saysSomething || !decided.compareAndSet(false, true)) {
            return;
        }
        long now = pen.now();
        write(
                target,
                course -> course.triedBy(id)
                        ? anew(course.wellAgain(), firstContent, now)
                        : firstContent.map(took -> course.began(took, now)).orElse(course));
        write(backend, course -> course.triedBy(id) ? course.wellAgain() : course);
    }

    private Course anew(Course course, Optional<Duration> firstContent, long now) {
        return firstContent
                .map(took -> course.beganAnew(took, thresholds, best.get(), now))
                .orElse(course);
    }

    @Override
    public void end(AttemptReport report) {
        switch (report.outcome()) {
            case Outcome.Answered answered -> {
                decide(report.timeToFirstContent());
                long now = pen.now();
                write(target, course -> course.answered(now, pen.rhythm()));
                write(backend, course -> course.answered(now, pen.rhythm()));
            }
            case Outcome.Failed failed -> failed(failed.failure());
            case Outcome.ClientLeft left -> {
                write(target, this::undecided);
                write(backend, this::undecided);
            }
        }
    }

    private Course undecided(Course course) {
        return course.triedBy(id) ? course.undecided(pen.now(), pen.spread().getAsDouble()) : course;
    }

    private void failed(Failure failure) {
        if (!Trouble.speaks(failure.kind())) {
            undo();
            return;
        }
        Trouble trouble = new Trouble(target.name(), failure.kind(), failure.message());
        write(target, failing(trouble));
        if (trouble.ofTheModel()) {
            backend.undo(id);
        } else {
            write(backend, failing(trouble));
        }
    }

    private UnaryOperator<Course> failing(Trouble trouble) {
        long now = pen.now();
        double next = pen.spread().getAsDouble();
        return course -> course.triedBy(id)
                ? course.inVain(trouble, now, pen.rhythm(), next)
                : course.failed(trouble, now, pen.rhythm(), next);
    }

    private void write(Chart chart, UnaryOperator<Course> change) {
        pen.diary().write(chart, thresholds, chart == target ? best : Optional::empty, "it answers again", change);
    }
}
