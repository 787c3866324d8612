package dev.signalbox.guard.memory;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.Target;
import dev.signalbox.guard.memory.Holding.State;
import dev.signalbox.guard.memory.plan.Plan;
import dev.signalbox.guard.memory.plan.Planner;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.PluginContext;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** What is done without a request: measuring, unloading what is idle, loading what is always wanted. */
final class Chores implements AutoCloseable {

    private static final Duration OFTEN = Duration.ofSeconds(5);

    /** How long a model may take to come or to go. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** How long after it went wrong it is tried again. */
    private static final Duration REST = Duration.ofMinutes(1);

    private final Residency residency;
    private final PluginContext context;
    private final List<PluginContext.Task> tasks;
    private volatile PluginContext.Task first = () -> {}; // there is one machine at most that is measured
    private final Set<String> tidied = ConcurrentHashMap.newKeySet(); // machines where it is being done
    private final Map<String, PluginContext.Task> errands = new ConcurrentHashMap<>(); // the last one of each machine
    private final Set<Target> preloaded = ConcurrentHashMap.newKeySet();
    private final Map<Target, Long> wrong = new ConcurrentHashMap<>(); // when something went wrong with it last

    /** Plans them; nothing is done on this thread. */
    Chores(Residency residency) {
        this.residency = residency;
        this.context = residency.context();
        Gauge gauge = residency.gauge();
        this.tasks = residency.isOn()
                ? List.of(context.schedule(OFTEN, gauge::read), context.schedule(OFTEN, this::tidy))
                : List.of();
        residency.whenAwaited(() -> first = context.once(Duration.ZERO, gauge::read));
    }

    /** Each machine for itself: a server that takes its time holds no other machine up. */
    private void tidy() {
        for (Books books : residency.counted()) {
            if (tidied.add(books.host())) {
                errands.put(books.host(), context.once(Duration.ZERO, () -> tidy(books)));
            }
        }
    }

    private void tidy(Books books) {
        try {
            residency.idleUnload().ifPresent(after -> unloadIdle(books, after));
            residency.preloaded().forEach(said -> preload(books, books.offers().meant(said)));
        } finally {
            tidied.remove(books.host());
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
                .filter(target -> books.mayGo(target)
                        && !rests(target)
                        && books.uses().idleFor(target, now).compareTo(after) >= 0)
                .max(Comparator.comparing(target -> books.uses().idleFor(target, now)));
    }

    /** Once for each time its server is there again. */
    private void preload(Books books, Target target) {
        if (residency.locked(() -> isMissing(books, target)) && carryOut(books, () -> readying(books, target))) {
            preloaded.add(target);
        }
    }

    private boolean isMissing(Books books, Target target) {
        if (books.servers().isDown(target.backend())) {
            preloaded.remove(target);
            return false;
        }
        if (books.holding(target)
                .filter(holding -> holding.state() == State.THERE)
                .isPresent()) {
            preloaded.add(target);
        }
        return books.offers().manages(target.backend())
                && books.offers().all().containsKey(target)
                && !preloaded.contains(target)
                && !rests(target);
    }

    private Optional<Work> readying(Books books, Target target) {
        OptionalLong room = books.room().forModels();
        if (room.isEmpty()) {
            return Optional.empty();
        }
        Need need = Need.ofPresence(target);
        Plan plan = Planner.plan(books.situation(room.getAsLong()), target, need.bytes(books));
        if (plan instanceof Plan.Go go) {
            Readying readying = new Readying(residency, books, need, false);
            readying.plan(go);
            return Optional.of(readying);
        }
        return Optional.empty();
    }

    /** Whether something went wrong with it a short while ago. */
    private boolean rests(Target target) {
        Long since = wrong.get(target);
        return since != null && context.nanoTime() - since < REST.toNanos();
    }

    /** Plans in the machine's slot, so that nobody is kept waiting by a plan that waits itself; whether it was done. */
    private boolean carryOut(Books books, Supplier<Optional<Work>> planned) {
        AtomicReference<Optional<Work>> begun = new AtomicReference<>(Optional.empty());
        try {
            context.prepare(
                    books.host(),
                    deadline -> {
                        begun.set(residency.locked(() -> books.work().isPresent() ? Optional.empty() : planned.get()));
                        if (begun.get().isPresent()) {
                            begun.get().get().run(deadline);
                        }
                    },
                    Deadline.after(PATIENCE, context::nanoTime));
            return begun.get().isPresent();
        } catch (BackendException failed) {
            begun.get().ifPresent(work -> wrong.put(work.target(), context.nanoTime()));
            context.logger()
                    .log(
                            System.Logger.Level.INFO,
                            () -> "What was to be loaded or unloaded on %s without being asked for was not: %s"
                                    .formatted(books.host(), failed.failure().message()));
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    @Override
    public void close() {
        tasks.forEach(PluginContext.Task::close);
        errands.values().forEach(PluginContext.Task::close);
        first.close();
    }
}
