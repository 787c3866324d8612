package dev.signalbox.guard.memory;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.Target;
import dev.signalbox.guard.memory.Holding.State;
import dev.signalbox.guard.memory.machine.Measured;
import dev.signalbox.guard.memory.machine.ThisMachine;
import dev.signalbox.guard.memory.plan.Plan;
import dev.signalbox.guard.memory.plan.Planner;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.PluginContext;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** What is done without a request: measuring, unloading what is idle, loading what is always wanted. */
final class Chores implements AutoCloseable {

    private static final Duration OFTEN = Duration.ofSeconds(5);

    /** How long a model may take to come or to go. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Residency residency;
    private final PluginContext context;
    private final ThisMachine machine;
    private final List<PluginContext.Task> tasks;
    private volatile PluginContext.Task first = () -> {}; // there is one machine at most that is measured
    private final Set<Target> preloaded = new HashSet<>(); // only the task's thread, one at a time

    /** Plans them; nothing is done on this thread. */
    Chores(Residency residency, ThisMachine machine) {
        this.residency = residency;
        this.context = residency.context();
        this.machine = machine;
        this.tasks = residency.isOn()
                ? List.of(context.schedule(OFTEN, this::measure), context.schedule(OFTEN, this::tidy))
                : List.of();
        residency.whenAwaited(() -> first = context.once(Duration.ZERO, this::measure));
    }

    private void measure() {
        residency.refresh(context.hosts());
        List<Books> measurable =
                residency.counted().stream().filter(Books::isMeasured).toList();
        if (measurable.isEmpty()) {
            return;
        }
        try {
            long since = context.nanoTime();
            Optional<Measured> measured = machine.measure();
            measurable.forEach(books -> learn(books, measured, since));
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until the first time everybody waits; later on figures count only of a time when nothing came or went. */
    private void learn(Books books, Optional<Measured> measured, long since) {
        boolean wasAwaited = residency.locked(() -> {
            boolean was = books.isAwaited();
            if (was || books.believes(since)) {
                books.measured(measured);
            }
            return was;
        });
        if (wasAwaited) {
            context.askAgain();
        }
    }

    private void tidy() {
        for (Books books : residency.counted()) {
            residency.idleUnload().ifPresent(after -> unloadIdle(books, after));
            residency.preloaded().forEach(target -> preload(books, target));
        }
    }

    private void unloadIdle(Books books, Duration after) {
        if (residency.locked(() -> idlest(books, after)).isPresent()) {
            carryOut(books, () -> idlest(books, after).map(target -> new Emptying(residency, books, target)));
        }
    }

    /** The one that was not used longest, if nobody has wanted it for so long. */
    private Optional<Target> idlest(Books books, Duration after) {
        long now = context.nanoTime();
        return books.holdings().entrySet().stream()
                .filter(each -> each.getValue().state() == State.THERE)
                .map(Map.Entry::getKey)
                .filter(target ->
                        books.mayGo(target) && books.idleFor(target, now).compareTo(after) >= 0)
                .max(Comparator.comparing(target -> books.idleFor(target, now)));
    }

    /** Once for each time its server is there again. */
    private void preload(Books books, Target target) {
        if (residency.locked(() -> isMissing(books, target)) && carryOut(books, () -> readying(books, target))) {
            preloaded.add(target);
        }
    }

    private boolean isMissing(Books books, Target target) {
        if (books.isDown(target.backend())) {
            preloaded.remove(target);
            return false;
        }
        if (books.holding(target).isPresent()) {
            preloaded.add(target);
        }
        return books.offers().containsKey(target) && !preloaded.contains(target);
    }

    private Optional<Work> readying(Books books, Target target) {
        OptionalLong room = Residency.roomOf(books);
        if (room.isEmpty()) {
            return Optional.empty();
        }
        Plan plan = Planner.plan(
                books.situation(room.getAsLong()), target, books.size(target).bytes());
        if (plan instanceof Plan.Go go) {
            Readying readying = new Readying(residency, books, target, 0, false);
            readying.plan(go);
            return Optional.of(readying);
        }
        return Optional.empty();
    }

    /** Plans in the machine's slot, so that nobody is kept waiting by a plan that waits itself; whether it was done. */
    private boolean carryOut(Books books, Supplier<Optional<Work>> planned) {
        AtomicBoolean done = new AtomicBoolean();
        try {
            context.prepare(
                    books.host(),
                    deadline -> {
                        Optional<Work> work =
                                residency.locked(() -> books.work().isPresent() ? Optional.empty() : planned.get());
                        if (work.isPresent()) {
                            work.get().run(deadline);
                            done.set(true);
                        }
                    },
                    Deadline.after(PATIENCE, context::nanoTime));
        } catch (BackendException failed) {
            context.logger()
                    .log(
                            System.Logger.Level.INFO,
                            () -> "What was to be loaded or unloaded on %s without being asked for was not: %s"
                                    .formatted(books.host(), failed.failure().message()));
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
        return done.get();
    }

    @Override
    public void close() {
        tasks.forEach(PluginContext.Task::close);
        first.close();
    }
}
