package dev.signalbox.guard.memory;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Target;
import dev.signalbox.guard.memory.Holding.State;
import dev.signalbox.guard.memory.plan.Plan;
import dev.signalbox.guard.memory.plan.Planner;
import dev.signalbox.guard.memory.plan.Situation;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.HostView;
import dev.signalbox.spi.ModelLifecycle;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes a model ready: asks what is really loaded, plans again, unloads, looks again, loads, and looks whether it is as
 * planned. One at a time for a machine. Its marks in the books are guarded by the residency's lock; {@link #run} belongs
 * to the thread that prepares.
 */
final class Readying implements Work {

    /** How often it plans again because things are not as planned. */
    private static final int ROUNDS = 5;

    /** How long a server may take to say what it has loaded. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Residency residency;
    private final Books books;
    private final Target target;
    private final long growth;
    private final boolean forRequest;
    private final Map<Target, Optional<Holding>> before = new HashMap<>(); // what was marked; residency's lock
    private final Map<String, Set<String>> seen =
            new HashMap<>(); // models by backend, when looked last; residency's lock
    private boolean running; // residency's lock
    private boolean over; // residency's lock
    private boolean loading; // whether loading has begun; residency's lock

    /**
     * Readies a target.
     *
     * @param growth what the request will add
     * @param forRequest whether a request waits for it, which keeps the target from going
     */
    Readying(Residency residency, Books books, Target target, long growth, boolean forRequest) {
        this.residency = residency;
        this.books = books;
        this.target = target;
        this.growth = growth;
        this.forRequest = forRequest;
    }

    @Override
    public String what() {
        return "%s is being made ready on %s".formatted(target, books.host());
    }

    /** Marks in the books what is to come and to go. Residency's lock. */
    void plan(Plan.Go go) {
        books.begin(this);
        for (Target each : go.unload()) {
            mark(each, books.holding(each).map(holding -> holding.as(State.GOING)));
        }
        Holding there = books.holding(target)
                .orElseGet(() -> new Holding(
                        books.size(target),
                        State.COMING,
                        residency.context().clock().instant()));
        mark(target, Optional.of(there.as(State.COMING)));
    }

    private void mark(Target each, Optional<Holding> now) {
        before.putIfAbsent(each, books.holding(each));
        now.ifPresent(holding -> books.holdings().put(each, holding));
    }

    /** Takes the marks back that still stand: it is as it was seen last, or else as it was before. Residency's lock. */
    private void restore() {
        before.forEach((each, old) -> {
            Optional<Holding> marked = books.holding(each).filter(Holding::isMoving);
            if (marked.isPresent()) {
                Optional<Holding> now = Optional.ofNullable(seen.get(each.backend()))
                        .map(there -> there.contains(each.model())
                                ? marked.map(mark -> mark.as(State.THERE))
                                : Optional.<Holding>empty())
                        .orElse(old);
                now.ifPresentOrElse(
                        holding -> books.holdings().put(each, holding),
                        () -> books.holdings().remove(each));
            }
        });
        before.clear();
    }

    @Override
    public void dropped() {
        if (!running && !over) {
            over = true;
            restore();
            books.over();
        }
    }

    @Override
    public void run(Deadline deadline) throws BackendException, InterruptedException {
        residency.locked(() -> {
            running = true;
        });
        boolean ready = false;
        try {
            ready(deadline);
            ready = true;
        } finally {
            boolean done = ready;
            residency.locked(() -> ended(done));
        }
    }

    private void ended(boolean ready) {
        over = true;
        if (!ready) {
            unsure();
        }
        before.clear();
        books.over();
    }

    /** Nobody knows how far it came: what was to go may be there still, what was to come may have come. */
    private void unsure() {
        books.holdings()
                .replaceAll((each, holding) ->
                        before.containsKey(each) && holding.isMoving() ? holding.as(State.UNSURE) : holding);
        boolean wasThere = before.getOrDefault(target, Optional.empty()).isPresent();
        if (!loading && !wasThere) {
            books.holdings().remove(target);
        }
    }

    private void ready(Deadline deadline) throws BackendException, InterruptedException {
        HostView view = view();
        look(view, deadline);
        for (int round = 0; ; round++) {
            List<Target> going = again(view);
            if (going.isEmpty()) {
                break;
            }
            if (round == ROUNDS) {
                throw new BackendException(
                        FailureKind.LOADING, "the memory of %s fills while it is emptied".formatted(books.host()));
            }
            for (Target each : going) {
                unload(view, each, deadline);
            }
            look(view, deadline);
        }
        load(view, deadline);
    }

    private HostView view() throws BackendException {
        return residency.context().hosts().stream()
                .filter(each -> each.name().equals(books.host()))
                .findFirst()
                .orElseThrow(() -> new BackendException(
                        FailureKind.MODEL_UNAVAILABLE, "there is no machine %s any more".formatted(books.host())));
    }

    /** Asks every server there that can tell what it has loaded. */
    private void look(HostView view, Deadline deadline) throws BackendException, InterruptedException {
        for (String backend : view.backends()) {
            Optional<ModelLifecycle> lifecycle = view.lifecycle(backend);
            if (lifecycle.isPresent()) {
                look(backend, lifecycle.get(), deadline);
            }
        }
    }

    private void look(String backend, ModelLifecycle lifecycle, Deadline deadline)
            throws BackendException, InterruptedException {
        try {
            List<ModelLifecycle.Resident> residents = lifecycle.residents(deadline.within(PATIENCE));
            residency.locked(() -> saw(backend, residents));
        } catch (BackendException failed) {
            residency.locked(() -> {
                if (failed.kind() == FailureKind.UNREACHABLE) {
                    seen.put(backend, Set.of());
                    books.gone(backend);
                } else {
                    seen.remove(backend);
                    books.unheard(backend);
                }
            });
            if (backend.equals(target.backend())) {
                throw failed;
            }
        }
    }

    private void saw(String backend, List<ModelLifecycle.Resident> residents) {
        seen.put(backend, residents.stream().map(ModelLifecycle.Resident::model).collect(Collectors.toSet()));
        books.seen(backend, residents);
    }

    /** What is to go now that somebody has looked. */
    private List<Target> again(HostView view) throws BackendException {
        Plan plan = residency.locked(() -> planned(view));
        return switch (plan) {
            case Plan.Go go -> go.unload();
            case Plan.Wait wait -> throw new BackendException(FailureKind.LOADING, wait.reason());
            case Plan.Never never -> throw doesNotFit(never);
        };
    }

    private Plan planned(HostView view) {
        restore();
        books.refresh(view);
        Plan plan = Planner.plan(withoutOwn(books.situation(room())), target, needed());
        if (plan instanceof Plan.Go go) {
            plan(go);
        }
        return plan;
    }

    private long room() {
        return Residency.roomOf(books).orElse(Long.MAX_VALUE / 2);
    }

    private long needed() {
        return books.holding(target).isPresent() ? growth : books.size(target).bytes() + growth;
    }

    /** What was promised to this very request is needed, not taken. */
    private Situation withoutOwn(Situation now) {
        return forRequest ? now.without(target, growth) : now;
    }

    private BackendException doesNotFit(Plan.Never never) {
        return residency.locked(this::mayFit)
                ? new BackendException(FailureKind.LOADING, residency.locked(books::silence))
                : new BackendException(
                        FailureKind.OUT_OF_MEMORY,
                        "%s needs %s of %s, which has %s for it at most: %s"
                                .formatted(
                                        target,
                                        Bytes.show(never.needed()),
                                        books.host(),
                                        Bytes.show(Math.max(0, never.most())),
                                        never.reason()));
    }

    /** Whether it might fit if a server answered that does not. */
    private boolean mayFit() {
        return Planner.never(withoutOwn(books.hoped(room())), target, needed()).isEmpty();
    }

    private void unload(HostView view, Target each, Deadline deadline) throws BackendException, InterruptedException {
        Optional<ModelLifecycle> lifecycle = view.lifecycle(each.backend());
        try {
            if (lifecycle.isPresent()) {
                lifecycle.get().unload(each.model(), deadline);
                residency.locked(() -> books.unloaded(each));
                return;
            }
        } catch (BackendException failed) {
            switch (failed.kind()) {
                case UNREACHABLE -> {
                    return; // it is gone with its server, as the next look shows
                }
                case UNSUPPORTED -> {} // it keeps what it has
                default -> throw keeps(each, failed);
            }
        }
        residency.locked(() -> books.fix(each.backend())); // the next round plans around it
    }

    /** What another server does is not held against the one that is wanted, which waits until there is room. */
    private BackendException keeps(Target each, BackendException failed) {
        if (each.backend().equals(target.backend()) || failed.kind() == FailureKind.DEFECT) {
            return failed;
        }
        String message = "%s is in its place, and %s has not unloaded it: %s"
                .formatted(each, each.backend(), failed.failure().message());
        return new BackendException(Failure.of(FailureKind.LOADING, message), failed);
    }

    private void load(HostView view, Deadline deadline) throws BackendException, InterruptedException {
        residency.locked(() -> {
            loading = true;
        });
        Optional<ModelLifecycle> lifecycle = view.lifecycle(target.backend());
        Optional<Duration> keep = residency.keep(target);
        boolean isThere = residency.locked(
                () -> seen.getOrDefault(target.backend(), Set.of()).contains(target.model()));
        if (lifecycle.isPresent() && (!isThere || keep.isPresent())) {
            long start = residency.context().nanoTime();
            if (keep.isPresent()) {
                lifecycle.get().load(target.model(), keep.get(), deadline);
            } else {
                lifecycle.get().load(target.model(), deadline);
            }
            Duration took = Duration.ofNanos(residency.context().nanoTime() - start);
            if (!isThere) {
                residency.locked(() -> books.loaded(target, took));
            }
            look(view, deadline);
        }
        residency.locked(this::arrived);
    }

    /** A server that does not list what it was told to load is asked again before the next request. */
    private void arrived() {
        Set<String> listed = seen.getOrDefault(target.backend(), Set.of(target.model()));
        State state = listed.contains(target.model()) ? State.THERE : State.UNSURE;
        books.holding(target).ifPresent(holding -> books.holdings().put(target, holding.as(state)));
    }
}
