package dev.signalbox.guard.memory;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Target;
import dev.signalbox.guard.memory.Holding.State;
import dev.signalbox.guard.memory.machine.Measured;
import dev.signalbox.guard.memory.plan.Plan;
import dev.signalbox.guard.memory.plan.Planner;
import dev.signalbox.guard.memory.plan.Situation;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.HostView;
import dev.signalbox.spi.ModelLifecycle;
import dev.signalbox.spi.ModelLifecycle.Wish;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Makes a model ready: asks what is really loaded, plans again, unloads, looks again, loads, and looks whether it is as
 * planned. One at a time for a machine. Its marks in the books are guarded by the residency's lock; {@link #run} belongs
 * to the thread that prepares.
 */
final class Readying implements Work {

    /** How often it plans again because things are not as planned. */
    private static final int ROUNDS = 5;

    private final Residency residency;
    private final Books books;
    private final Target target;
    private final Need need;
    private final boolean forRequest;
    private final Map<Target, Optional<Holding>> before = new HashMap<>(); // what was marked; residency's lock
    private final Looks looks;
    private boolean running; // residency's lock
    private boolean over; // residency's lock
    private boolean loading; // whether loading has begun; residency's lock

    /**
     * Readies a target.
     *
     * @param need the model, and what the request wants of it
     * @param forRequest whether a request waits for it, which keeps the target from going
     */
    Readying(Residency residency, Books books, Need need, boolean forRequest) {
        this.residency = residency;
        this.books = books;
        this.target = need.target();
        this.need = need;
        this.forRequest = forRequest;
        this.looks = new Looks(residency, books, target);
    }

    @Override
    public Target target() {
        return target;
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
                        books.size(target, need.context()),
                        State.COMING,
                        residency.context().clock().instant(),
                        need.context()));
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
                Optional<Holding> now = looks.lists(each)
                        .map(there -> there ? marked.map(mark -> mark.as(State.THERE)) : Optional.<Holding>empty())
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
        looks.look(view, deadline);
        Optional<Measured> measured = Optional.empty();
        for (int round = 0; ; round++) {
            List<Target> going = again(view, measured);
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
            looks.look(view, deadline);
            measured = residency.gauge().between(books);
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

    /** What is to be unloaded now that somebody has looked, and measured if that was due. */
    private List<Target> again(HostView view, Optional<Measured> measured) throws BackendException {
        Plan plan = residency.locked(() -> planned(view, measured));
        return switch (plan) {
            case Plan.Go go ->
                go.unload().stream().filter(each -> !isSwapped(each)).toList();
            case Plan.Wait wait -> throw new BackendException(FailureKind.LOADING, wait.reason());
            case Plan.Never never -> throw doesNotFit(never);
        };
    }

    /** Whether it goes by itself when the request comes. */
    private boolean isSwapped(Target other) {
        return other.backend().equals(target.backend()) && residency.locked(() -> books.swaps(other.backend()));
    }

    private Plan planned(HostView view, Optional<Measured> measured) {
        restore();
        measured.ifPresent(now -> books.measured(Optional.of(now)));
        books.refresh(view);
        Plan plan = Planner.plan(withoutOwn(books.situation(room())), target, need.bytes(books));
        if (plan instanceof Plan.Go go) {
            plan(go);
        }
        return plan;
    }

    private long room() {
        return books.room().forModels().orElse(Long.MAX_VALUE / 2);
    }

    /** What was promised to this very request is needed, not taken. */
    private Situation withoutOwn(Situation now) {
        return forRequest ? now.without(target, need.growth()) : now;
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
        return Planner.never(withoutOwn(books.hoped(room())), target, need.bytes(books))
                .isEmpty();
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
        residency.locked(() -> books.servers().fix(each.backend())); // the next round plans around it
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
        boolean isListed = residency.locked(() -> looks.lists(target).orElse(false));
        boolean isReady = isListed && residency.locked(this::isWideEnough);
        if (lifecycle.isPresent() && (!isReady || keep.isPresent())) {
            // who is there in a larger context is not loaded again for a smaller one
            Wish wish = new Wish(keep, isReady ? residency.locked(this::ownContext) : need.context());
            long start = residency.context().nanoTime();
            lifecycle.get().load(target.model(), wish, deadline);
            Duration took = Duration.ofNanos(residency.context().nanoTime() - start);
            if (!isReady) {
                residency.locked(() -> loaded(isListed, took));
            }
            looks.look(view, deadline);
        }
        residency.locked(this::arrived);
    }

    private boolean isWideEnough() {
        return books.holding(target)
                .filter(there -> there.holds(need.context()))
                .isPresent();
    }

    private OptionalLong ownContext() {
        return books.holding(target).map(Holding::context).orElse(OptionalLong.empty());
    }

    private void loaded(boolean again, Duration took) {
        books.sizes().learn(target, took);
        if (again) {
            books.reloaded();
        } else {
            books.loaded();
        }
    }

    /** A server that does not list what it was told to load is asked again before the next request. */
    private void arrived() {
        State state = looks.lists(target).orElse(true) ? State.THERE : State.UNSURE;
        books.holding(target).ifPresent(holding -> put(holding.as(state)));
        if (books.swaps(target.backend())) {
            swapped();
        }
    }

    private void put(Holding there) {
        books.holdings().put(target, there);
        if (!there.holds(need.context())) {
            books.sizes().mostContext(target, there.context().orElse(0));
        }
    }

    /** The request makes its server put the model in the place of the one it has. */
    private void swapped() {
        before.keySet().stream()
                .filter(each -> each.backend().equals(target.backend()) && !each.equals(target))
                .filter(each -> books.holding(each).isPresent())
                .forEach(books::unloaded);
        if (before.getOrDefault(target, Optional.empty()).isEmpty()) {
            books.loaded();
        }
    }
}
