package dev.signalbox.guard.memory;

import dev.signalbox.api.Target;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How the models of one machine are used. Guarded by the residency's lock. */
final class Uses {

    /** So many are remembered: somebody may let any model be asked for. */
    private static final int MOST = 10_000;

    private final Map<Target, Use> all = new HashMap<>();

    /** How a model is used that is to be used now. */
    Use of(Target target) {
        if (all.size() > MOST) {
            all.values().removeIf(use -> !use.busy());
        }
        return all.computeIfAbsent(target, same -> new Use());
    }

    Optional<Use> find(Target target) {
        return Optional.ofNullable(all.get(target));
    }

    boolean busy(Target target) {
        return find(target).filter(Use::busy).isPresent();
    }

    /** Bytes that the requests that are being answered may still take. */
    long promised() {
        long sum = 0;
        for (Use use : all.values()) {
            sum += use.promised();
        }
        return sum;
    }

    /** How long ago its last request ended; nothing for a model that was never asked for here: others may use it. */
    Duration idleFor(Target target, long now) {
        return find(target)
                .filter(use -> use.lastUsed().isPresent())
                .map(use -> Duration.ofNanos(Math.max(0, now - use.lastUse())))
                .orElse(Duration.ZERO);
    }
}
