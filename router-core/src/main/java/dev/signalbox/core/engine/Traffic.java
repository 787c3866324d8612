package dev.signalbox.core.engine;

import dev.signalbox.api.Target;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Requests in flight by target. Belongs to targets by name, so it outlives an exchange of the configuration. */
final class Traffic {

    private final ConcurrentHashMap<Target, Integer> inFlight = new ConcurrentHashMap<>();

    void enter(Target target) {
        inFlight.merge(target, 1, Integer::sum);
    }

    void leave(Target target) {
        inFlight.computeIfPresent(target, (same, count) -> count == 1 ? null : count - 1);
    }

    int count(Target target) {
        return inFlight.getOrDefault(target, 0);
    }

    Map<Target, Integer> of(java.util.Collection<String> backends) {
        Map<Target, Integer> counts = new HashMap<>();
        inFlight.forEach((target, count) -> {
            if (backends.contains(target.backend())) {
                counts.put(target, count);
            }
        });
        return counts;
    }

    int total() {
        return inFlight.values().stream().mapToInt(Integer::intValue).sum();
    }
}
