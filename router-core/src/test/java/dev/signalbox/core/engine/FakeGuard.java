package dev.signalbox.core.engine;

import dev.signalbox.spi.Admission;
import dev.signalbox.spi.Attempt;
import dev.signalbox.spi.AttemptReport;
import dev.signalbox.spi.Candidate;
import dev.signalbox.spi.Guard;
import dev.signalbox.spi.GuardFactory;
import dev.signalbox.spi.Lease;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.ProbeReport;
import dev.signalbox.spi.Ruling;
import dev.signalbox.spi.Screening;
import dev.signalbox.spi.Verdict;
import dev.signalbox.testkit.TestFactories;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A guard that does what the test tells it. */
final class FakeGuard implements Guard {

    /** Counts how leases end. */
    final class Ticket implements Lease {
        private final AtomicInteger endings = new AtomicInteger();

        Ticket() {
            granted.incrementAndGet();
        }

        @Override
        public void undo() {
            undone.incrementAndGet();
            ending();
        }

        @Override
        public void end(AttemptReport report) {
            ended.incrementAndGet();
            ending();
        }

        private void ending() {
            if (endings.incrementAndGet() != 1) {
                wrong.add("a lease ended twice");
            }
        }
    }

    final AtomicInteger granted = new AtomicInteger();
    final AtomicInteger undone = new AtomicInteger();
    final AtomicInteger ended = new AtomicInteger();
    final List<String> wrong = new CopyOnWriteArrayList<>();
    final List<AttemptReport> reports = new CopyOnWriteArrayList<>();
    private final BlockingQueue<ProbeReport> probes = new LinkedBlockingQueue<>();
    final AtomicInteger made = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    volatile Function<Screening, Ruling> screens = screening -> Ruling.pass();
    volatile Function<Candidate, Verdict> assesses = candidate -> Verdict.admit();
    volatile Function<Attempt, Admission> admits = attempt -> Admission.granted(new Ticket());
    volatile boolean wantsUsage;
    private final String type;
    private volatile Optional<PluginContext> context = Optional.empty();

    FakeGuard(String type) {
        this.type = type;
    }

    PluginContext context() {
        return context.orElseThrow();
    }

    @Override
    public Ruling screen(Screening screening) {
        return screens.apply(screening);
    }

    @Override
    public Verdict assess(Candidate candidate) {
        return assesses.apply(candidate);
    }

    @Override
    public Admission admit(Attempt attempt) {
        return admits.apply(attempt);
    }

    @Override
    public void observe(AttemptReport report) {
        reports.add(report);
    }

    @Override
    public void probed(ProbeReport report) {
        probes.add(report);
    }

    /** Waits for the next report of a probe of that backend. */
    ProbeReport probed(String backend) throws InterruptedException {
        while (true) {
            ProbeReport report = probes.poll(20, TimeUnit.SECONDS);
            if (report == null) {
                throw new AssertionError("no probe of " + backend + " was told");
            }
            if (report.backend().equals(backend)) {
                return report;
            }
        }
    }

    @Override
    public boolean needsUsage() {
        return wantsUsage;
    }

    @Override
    public void close() {
        closed.incrementAndGet();
    }

    /** What makes it: the same one, however often it is made. */
    GuardFactory factory() {
        return TestFactories.guard(type, lent -> {
            made.incrementAndGet();
            context = Optional.of(lent);
            return this;
        });
    }
}
