package dev.signalbox.guard.memory;

import dev.signalbox.api.Target;
import dev.signalbox.guard.memory.Holding.State;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Which models take memory on one machine, as somebody has seen it or is about to change it. Guarded by the residency's lock. */
final class Holdings {

    private final Map<Target, Holding> all = new HashMap<>();

    Map<Target, Holding> all() {
        return all;
    }

    Optional<Holding> of(Target target) {
        return Optional.ofNullable(all.get(target));
    }

    /** What they take. */
    long bytes() {
        return all.values().stream()
                .mapToLong(holding -> holding.size().bytes())
                .sum();
    }

    /** Whether one of a backend's is among them. */
    boolean anyOf(String backend) {
        return all.keySet().stream().anyMatch(each -> each.backend().equals(backend));
    }

    /** A backend said what it has loaded: what it did not name has gone, unless it is on its way in. */
    void seen(String backend, Map<Target, Holding> there, Predicate<Target> busy) {
        there.forEach((target, fresh) -> all.merge(target, fresh, Holdings::again));
        Predicate<Target> gone = target -> isGone(target, backend, there);
        all.replaceAll((target, holding) -> gone.test(target) && busy.test(target)
                ? holding.astray() // it comes back with the request it is to answer
                : holding);
        all.keySet().removeIf(gone.and(busy.negate()));
    }

    /** It is there still, as large as it was seen now. */
    private static Holding again(Holding old, Holding fresh) {
        return new Holding(
                fresh.size(),
                old.isMoving() ? old.state() : State.THERE,
                old.since(),
                fresh.context().isPresent() ? fresh.context() : old.context(),
                old.kept());
    }

    private boolean isGone(Target target, String backend, Map<Target, Holding> there) {
        return target.backend().equals(backend)
                && !there.containsKey(target)
                && of(target).filter(holding -> holding.state() != State.COMING).isPresent();
    }

    /** A backend did not say what it has loaded: what it had it may have. */
    void unheard(String backend) {
        all.replaceAll((target, holding) -> target.backend().equals(backend) && holding.state() == State.THERE
                ? holding.as(State.UNSURE)
                : holding);
    }
}
