package dev.signalbox.testkit;

import dev.signalbox.api.Target;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.Attempt;
import dev.signalbox.spi.AttemptReport;
import dev.signalbox.spi.Candidate;
import dev.signalbox.spi.Guard;
import dev.signalbox.spi.Lease;
import dev.signalbox.spi.Preparation;
import dev.signalbox.spi.ProbeReport;
import dev.signalbox.spi.Refusal;
import dev.signalbox.spi.Ruling;
import dev.signalbox.spi.Screening;
import dev.signalbox.spi.Verdict;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A guard that says what a test wants it to say, and remembers what it was told: to prove an engine. It has nothing
 * against anything unless told otherwise. Any thread may use it and change it.
 *
 * <p>It holds the engine to its word: a lease that is given back twice is an {@link AssertionError} there and then, and
 * {@link #open()} tells how many were not given back.
 */
public final class RecordingGuard implements Guard {

    private final List<Screening> screened = new CopyOnWriteArrayList<>();
    private final List<Target> assessed = new CopyOnWriteArrayList<>();
    private final List<Target> asked = new CopyOnWriteArrayList<>();
    private final List<AttemptReport> observed = new CopyOnWriteArrayList<>();
    private final List<AttemptReport> ended = new CopyOnWriteArrayList<>();
    private final List<ProbeReport> probes = new CopyOnWriteArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger undone = new AtomicInteger();
    private volatile Function<Screening, Ruling> screening = request -> Ruling.pass();
    private volatile Function<Candidate, Verdict> judgement = candidate -> Verdict.admit();
    private volatile Function<Attempt, Admission> admission;
    private volatile boolean closed;

    /** Makes one that lets everything pass. */
    public RecordingGuard() {
        admission = attempt -> Admission.granted(lease());
    }

    /** From now on rules on requests like this. */
    public RecordingGuard screening(Function<Screening, Ruling> how) {
        screening = how;
        return this;
    }

    /** From now on judges targets like this. */
    public RecordingGuard assessing(Function<Candidate, Verdict> how) {
        judgement = how;
        return this;
    }

    /** From now on lets attempts in or not like this; {@link #lease()} makes leases that are counted. */
    public RecordingGuard admitting(Function<Attempt, Admission> how) {
        admission = how;
        return this;
    }

    /** From now on refuses every request. */
    public RecordingGuard refusing(Refusal refusal) {
        return screening(request -> Ruling.refuse(refusal));
    }

    /** From now on demotes that target. */
    public RecordingGuard demoting(Target target, String reason) {
        return assessing(candidate -> candidate.target().equals(target) ? Verdict.demote(reason) : Verdict.admit());
    }

    /** From now on excludes that target. */
    public RecordingGuard excluding(Target target, Refusal refusal) {
        return assessing(candidate -> candidate.target().equals(target) ? Verdict.exclude(refusal) : Verdict.admit());
    }

    /** From now on lets every attempt in after some work. */
    public RecordingGuard preparing(Preparation preparation) {
        return admitting(attempt -> Admission.granted(lease(), preparation));
    }

    /** A lease that has to be given back exactly once. */
    public Lease lease() {
        open.incrementAndGet();
        return new CountedLease();
    }

    @Override
    public Ruling screen(Screening request) {
        screened.add(request);
        return screening.apply(request);
    }

    @Override
    public Verdict assess(Candidate candidate) {
        assessed.add(candidate.target());
        return judgement.apply(candidate);
    }

    @Override
    public Admission admit(Attempt attempt) {
        asked.add(attempt.target());
        return admission.apply(attempt);
    }

    @Override
    public void observe(AttemptReport report) {
        observed.add(report);
    }

    @Override
    public void probed(ProbeReport report) {
        probes.add(report);
    }

    @Override
    public void close() {
        closed = true;
    }

    /** The requests it was shown. */
    public List<Screening> screened() {
        return List.copyOf(screened);
    }

    /** The targets it judged, one entry for each time. */
    public List<Target> assessed() {
        return List.copyOf(assessed);
    }

    /** The targets for which it was asked to let an attempt in, one entry for each time. */
    public List<Target> asked() {
        return List.copyOf(asked);
    }

    /** What it learnt of attempts. */
    public List<AttemptReport> observed() {
        return List.copyOf(observed);
    }

    /** What it learnt of probes. */
    public List<ProbeReport> probes() {
        return List.copyOf(probes);
    }

    /** The reports its leases ended with. */
    public List<AttemptReport> ended() {
        return List.copyOf(ended);
    }

    /** How many of its leases were undone. */
    public int undone() {
        return undone.get();
    }

    /** How many of its leases are neither ended nor undone. */
    public int open() {
        return open.get();
    }

    /** Whether it was closed. */
    public boolean closed() {
        return closed;
    }

    private final class CountedLease implements Lease {
        private final AtomicInteger returns = new AtomicInteger();

        @Override
        public void undo() {
            giveBack();
            undone.incrementAndGet();
        }

        @Override
        public void end(AttemptReport report) {
            giveBack();
            ended.add(report);
        }

        private void giveBack() {
            if (returns.incrementAndGet() > 1) {
                throw new AssertionError("A lease was given back %d times".formatted(returns.get()));
            }
            open.decrementAndGet();
        }
    }
}
