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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What is done without a request: measuring, unloading what is idle, loading what is always wanted. */
final class Chores implements AutoCloseable {

    private static final Duration OFTEN = Duration.ofSeconds(5);

    /** How long a model may take to come or to go. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Residency residency;
    private final PluginContext context;
    private final ThisMachine machine;
    private final List<PluginContext.Task> tasks;
    private final Set<Target> preloaded = new HashSet<>(); // only the task's thread, one at a time

    /** Plans them; nothing is done at once. */
    Chores(Residency residency, ThisMachine machine) {
        this.residency = residency;
        this.context = residency.context();
        this.machine = machine;
        this.tasks = residency.isOn()
                ? List.of(context.schedule(OFTEN, this::measure), context.schedule(OFTEN, this::tidy))
                : List.of();
    }

    private void measure() {
        residency.refresh(context.hosts());
        if (residency.counted().stream().noneMatch(Books::isMeasured)) {
            return;
        }
        try {
            Optional<Measured> measured = machine.measure();
            residency.counted().stream()
                    .filter(Books::isMeasured)
                    .forEach(books -> residency.locked(() -> books.measured(measured)));
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void tidy() {
        for (Books books : residency.counted()) {
            residency.idleUnload().flatMap(after -> idle(books, after)).ifPresent(work -> carryOut(books, work));
            for (Target target : residency.preloaded()) {
                preload(books, target).ifPresent(work -> {
                    if (carryOut(books, work)) {
                        preloaded.add(target);
                    }
                });
            }
        }
    }

    /** The one that was not used longest, if nobody has wanted it for so long. */
    private Optional<Work> idle(Books books, Duration after) {
        long now = context.nanoTime();
        return residency.locked(() -> books.work().isPresent()
                ? Optional.empty()
                : books.holdings().entrySet().stream()
                        .filter(each -> each.getValue().state() == State.THERE)
                        .map(java.util.Map.Entry::getKey)
                        .filter(target -> books.mayGo(target)
                                && books.idleFor(target, now).compareTo(after) >= 0)
                        .max(java.util.Comparator.comparing(target -> books.idleFor(target, now)))
                        .map(target -> new Emptying(residency, books, target)));
    }

    /** Once for each time its server is there again. */
    private Optional<Work> preload(Books books, Target target) {
        return residency.locked(() -> {
            if (!books.offers().containsKey(target) || books.work().isPresent()) {
                return Optional.empty();
            }
            if (books.holding(target).isPresent()) {
                preloaded.add(target);
                return Optional.empty();
            }
            if (books.isDown(target.backend())) {
                preloaded.remove(target);
                return Optional.empty();
            }
            return preloaded.contains(target) ? Optional.empty() : readying(books, target);
        });
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

    /** Does it in the machine's slot; whether it went well. */
    private boolean carryOut(Books books, Work work) {
        try {
            context.prepare(books.host(), work, Deadline.after(PATIENCE, context::nanoTime));
            return true;
        } catch (BackendException failed) {
            context.logger()
                    .log(
                            System.Logger.Level.INFO,
                            () -> "%s, which failed: %s"
                                    .formatted(work.what(), failed.failure().message()));
            return false;
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            residency.locked(work::dropped);
        }
    }

    @Override
    public void close() {
        tasks.forEach(PluginContext.Task::close);
    }
}
