package dev.signalbox.guard.memory;

import dev.signalbox.api.Target;
import dev.signalbox.guard.memory.plan.Plan;
import dev.signalbox.guard.memory.plan.Planner;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.Attempt;
import dev.signalbox.spi.Candidate;
import dev.signalbox.spi.Lease;
import dev.signalbox.spi.Refusal;
import java.util.Optional;
import java.util.OptionalLong;

/** Who may ask a model of a machine whose memory is counted, when, and what has to be done before. Any thread may use it. */
record Entrance(Residency residency) {

    /** So many times the most that a request can add, what is left is plenty. */
    private static final int PLENTY = 50;

    /**
     * Why a target can never answer a request, as things stand; empty if it may, sooner or later. Asked of every target of
     * every request: that it may is known without lock and without counting tokens wherever somebody has found it out.
     */
    Optional<Refusal> never(Candidate candidate) {
        Optional<Books> counted = residency.booksOf(candidate);
        return counted.isEmpty() || mayBeAnyway(counted.get(), candidate)
                ? Optional.empty()
                : never(counted.get(), candidate);
    }

    private static boolean mayBeAnyway(Books books, Candidate candidate) {
        return Need.atMost(books, candidate).filter(books.leeway()::covers).isPresent();
    }

    private Optional<Refusal> never(Books books, Candidate candidate) {
        Need need = Need.of(books, candidate);
        return residency.counting(() -> {
            books.leeway().learn(need, mostGrowth(books, need));
            return never(books, need.possible(books));
        });
    }

    /** How many bytes requests may add that need a model like that, and it still fits, sooner or later. */
    private static long mostGrowth(Books books, Need need) {
        Need possible = need.ofModel().possible(books);
        OptionalLong room = books.room().forModels();
        return room.isEmpty()
                ? Long.MAX_VALUE
                : Planner.most(books.hoped(room.getAsLong()), need.target()).orElse(Long.MIN_VALUE / 2)
                        - possible.bytes(books);
    }

    private static Optional<Refusal> never(Books books, Need need) {
        OptionalLong room = books.room().forModels();
        if (room.isEmpty()) {
            return Optional.empty();
        }
        long needed = need.bytes(books);
        boolean fitsNow = books.hasRoom(room.getAsLong(), need.target(), needed);
        return fitsNow || (needed == 0 && !books.keepsApart(need.target()))
                ? Optional.empty()
                : Planner.never(books.hoped(room.getAsLong()), need.target(), needed)
                        .map(no -> Shortage.refusal(books, need.target(), no));
    }

    /** What would be loaded and unloaded before a request could be sent, in words; empty if nothing. Changes nothing. */
    Optional<String> foreseen(Candidate candidate) {
        return residency.booksOf(candidate).flatMap(books -> {
            Need need = Need.of(books, candidate);
            return residency.counting(() -> foreseen(books, need.possible(books)));
        });
    }

    private Optional<String> foreseen(Books books, Need need) {
        return switch (decide(books, need, () -> {})) {
            case Decision.AtOnce atOnce -> Optional.empty();
            case Decision.First first ->
                Optional.of(Foresight.of(books, need, first.plan())).filter(words -> !words.isEmpty());
            case Decision.Later later -> Optional.of(need.target() + " would have to wait: " + later.reason());
            case Decision.Never never -> Optional.empty(); // said by whoever excludes it
        };
    }

    /** Lets an attempt in, with work to be done first or without, or not. */
    Admission admit(Attempt attempt, Lease inner) {
        return residency
                .booksOf(attempt)
                .map(books -> generously(books, attempt, inner).orElseGet(() -> exactly(books, attempt, inner)))
                .orElseGet(() -> Admission.granted(inner));
    }

    /** Lets it in where nothing is to be done first and so much is left that its tokens need not be counted. */
    private Optional<Admission> generously(Books books, Attempt attempt, Lease inner) {
        return Need.atMost(books, attempt)
                .flatMap(most -> residency.counting(() -> {
                    boolean plenty = hasPlenty(books, most.possible(books));
                    return plenty ? Optional.of(granted(books, attempt, most.growth(), inner)) : Optional.empty();
                }));
    }

    private boolean hasPlenty(Books books, Need most) {
        OptionalLong room = books.room().forModels();
        return room.isPresent()
                && books.work().isEmpty()
                && !most.reloads(books)
                && isAsWanted(books, most)
                && books.hasRoom(room.getAsLong(), most.target(), Sizes.saturated(PLENTY, most.bytes(books)));
    }

    private Admission exactly(Books books, Attempt attempt, Lease inner) {
        Need need = Need.of(books, attempt);
        return residency.locked(() -> admit(books, attempt, need.possible(books), inner));
    }

    private Admission admit(Books books, Attempt attempt, Need need, Lease inner) {
        return switch (decide(books, need, () -> residency.refresh(books, attempt.hosts()))) {
            case Decision.AtOnce atOnce -> granted(books, attempt, atOnce.growth(), inner);
            case Decision.First first -> {
                Readying readying = new Readying(residency, books, need, true);
                readying.plan(first.plan());
                yield Admission.granted(visit(books, attempt, need.growth(), inner, Optional.of(readying)), readying);
            }
            case Decision.Later later -> Admission.later(later.reason());
            case Decision.Never never -> Admission.refused(never.refusal());
        };
    }

    private Admission granted(Books books, Attempt attempt, long growth, Lease inner) {
        return Admission.granted(visit(books, attempt, growth, inner, Optional.empty()));
    }

    private Lease visit(Books books, Attempt attempt, long growth, Lease inner, Optional<Work> readying) {
        Use use = books.uses().of(attempt.target());
        Use.Before before = use.begin(growth, residency.context().nanoTime(), attempt.moment());
        return new Visit(residency, use, before, growth, inner, readying);
    }

    /** What is to become of a request. Closed. */
    private sealed interface Decision {

        /** It is sent; so much is promised to it. */
        record AtOnce(long growth) implements Decision {}

        /** That is done first. */
        record First(Plan.Go plan) implements Decision {}

        record Later(String reason) implements Decision {}

        record Never(Refusal refusal) implements Decision {}
    }

    /**
     * Decides. Residency's lock.
     *
     * @param fresh has what is known of the models brought up to date, which takes too long where it is not needed
     */
    private Decision decide(Books books, Need need, Runnable fresh) {
        if (books.room().isAwaited()) {
            return new Decision.Later("the memory of %s is being measured".formatted(books.host()));
        }
        OptionalLong room = books.room().forModels();
        boolean asItIs = isAsWanted(books, need);
        if (room.isEmpty() || (asItIs && need.growth() == 0)) {
            return new Decision.AtOnce(0);
        }
        if (books.work().isPresent()) {
            return new Decision.Later(books.work().get().what());
        }
        if (need.reloads(books) && books.uses().busy(need.target())) {
            return new Decision.Later("%s is answering with a smaller context".formatted(need.target()));
        }
        if (asItIs && books.hasRoom(room.getAsLong(), need.target(), need.bytes(books))) {
            return new Decision.AtOnce(need.growth());
        }
        fresh.run();
        return decide(books, need, Planner.plan(books.situation(room.getAsLong()), need.target(), need.bytes(books)));
    }

    /** Whether nothing is to come or to go for it. */
    private boolean isAsWanted(Books books, Need need) {
        return books.isAlwaysThere(need.target()) || (isReady(books, need) && !books.keepsApart(need.target()));
    }

    private Decision decide(Books books, Need need, Plan plan) {
        return switch (plan) {
            case Plan.Never never ->
                never(books, need)
                        .<Decision>map(Decision.Never::new)
                        .orElseGet(() -> new Decision.Later(books.silence()));
            case Plan.Wait wait -> new Decision.Later(wait.reason());
            case Plan.Go go ->
                isReady(books, need) && go.unload().isEmpty()
                        ? new Decision.AtOnce(need.growth())
                        : new Decision.First(go);
        };
    }

    /** Whether the model is there as it is wanted, and as long as it is wanted; whom it answers is not held up for that. */
    private boolean isReady(Books books, Need need) {
        return need.isMet(books)
                && (!isToBeKept(books, need.target()) || books.uses().busy(need.target()));
    }

    /** Others may have had it loaded, or its server, which lets it go when they like. */
    private boolean isToBeKept(Books books, Target target) {
        return books.holding(target).filter(holding -> !holding.kept()).isPresent()
                && books.offers().manages(target.backend())
                && residency.keep(target).isPresent();
    }
}
