package dev.signalbox.guard.memory;

import dev.signalbox.api.Target;
import dev.signalbox.guard.memory.Holding.State;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which models one piece of work has marked in the books as coming and going, and how they were before. Guarded by the
 * residency's lock.
 */
final class Moves {

    private final Books books;
    private final Looks looks;
    private final Map<Target, Optional<Holding>> before = new HashMap<>();

    Moves(Books books, Looks looks) {
        this.books = books;
        this.looks = looks;
    }

    /** From now on it is on its way out, if it is there. */
    void goes(Target target) {
        mark(target, books.holding(target).map(holding -> holding.as(State.GOING)));
    }

    /** From now on it is on its way in. */
    void comes(Target target, Holding holding) {
        mark(target, Optional.of(holding.as(State.COMING)));
    }

    private void mark(Target target, Optional<Holding> now) {
        before.putIfAbsent(target, books.holding(target));
        now.ifPresent(holding -> books.holdings().put(target, holding));
    }

    /** Those that are marked. */
    Set<Target> targets() {
        return Set.copyOf(before.keySet());
    }

    /** Whether it was in the books before it was marked. */
    boolean wasThere(Target target) {
        return before.getOrDefault(target, Optional.empty()).isPresent();
    }

    /** Takes back what still stands: it is as it was seen last, or else as it was before. */
    void takeBack() {
        before.forEach((each, old) -> marked(each).ifPresent(mark -> put(each, seen(each, mark, old))));
        before.clear();
    }

    private Optional<Holding> seen(Target target, Holding mark, Optional<Holding> old) {
        return looks.lists(target)
                .map(there -> there ? Optional.of(mark.as(State.THERE)) : Optional.<Holding>empty())
                .orElse(old);
    }

    /**
     * Nobody knows how far it came: what was to go may be there still, what was to come may have come.
     *
     * @param begun whether somebody was told to load what was to come
     */
    void abandon(boolean begun) {
        before.forEach((each, old) -> marked(each).ifPresent(mark -> {
            boolean mayBeThere = begun || mark.state() == State.GOING || old.isPresent();
            put(each, mayBeThere || looks.lists(each).orElse(false) ? Optional.of(mark.as(State.UNSURE)) : old);
        }));
        before.clear();
    }

    /** It went as it was marked. */
    void forget() {
        before.clear();
    }

    private Optional<Holding> marked(Target target) {
        return books.holding(target).filter(Holding::isMoving);
    }

    private void put(Target target, Optional<Holding> now) {
        now.ifPresentOrElse(
                holding -> books.holdings().put(target, holding),
                () -> books.holdings().remove(target));
    }
}
