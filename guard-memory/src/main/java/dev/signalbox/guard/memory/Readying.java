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
import dev.signalbox.spi.HostView;
import java.util.List;
import java.util.Optional;

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
    private final Looks looks;
    private final Moves moves; // residency's lock
    private final Departure departure;
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
        this.moves = new Moves(books, looks);
        this.departure = new Departure(residency, books, target);
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
        go.unload().forEach(moves::goes);
        moves.comes(
                target,
                books.holding(target)
                        .orElseGet(() -> new Holding(
                                books.size(target, need.context()),
                                State.COMING,
                                residency.context().clock().instant(),
                                need.context(),
                                false)));
    }

    @Override
    public void dropped() {
        if (!running && !over) {
            over = true;
            moves.takeBack();
            books.over();
        }
    }

    @Override
    public void wasInVain() {
        if (books.offers().swaps(target.backend()) && !books.uses().busy(target)) {
            books.doubt(target);
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
        if (ready) {
            moves.forget();
        } else {
            moves.abandon(loading);
        }
        books.over();
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
                departure.of(each, view, deadline);
            }
            looks.look(view, deadline);
            measured = measured(deadline);
        }
        residency.locked(() -> {
            loading = true;
        });
        new Arrival(residency, books, need, looks, moves).load(view, deadline);
    }

    /** Memory comes back a while after whoever had it has gone: it is worth a look or two more. */
    private Optional<Measured> measured(Deadline deadline) throws InterruptedException {
        residency.locked(moves::takeBack);
        return residency.gauge().between(books, now -> residency.locked(() -> suffices(now)), deadline);
    }

    private boolean suffices(Measured now) {
        long room = books.room().forModels(now, books.taken());
        Plan plan = Planner.plan(withoutOwn(books.situation(room)), target, need.bytes(books));
        return plan instanceof Plan.Go go && go.unload().stream().allMatch(this::isSwapped);
    }

    private HostView view() throws BackendException {
        return residency
                .view(books)
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
        return other.backend().equals(target.backend())
                && residency.locked(() -> books.offers().swaps(other.backend()));
    }

    private Plan planned(HostView view, Optional<Measured> measured) {
        moves.takeBack();
        measured.ifPresent(books::measured);
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
        return residency.locked(() -> mayFit()
                ? new BackendException(FailureKind.LOADING, books.silence())
                : Shortage.failure(books, target, never));
    }

    /** Whether it might fit if a server answered that does not. */
    private boolean mayFit() {
        return Planner.never(withoutOwn(books.hoped(room())), target, need.bytes(books))
                .isEmpty();
    }
}
