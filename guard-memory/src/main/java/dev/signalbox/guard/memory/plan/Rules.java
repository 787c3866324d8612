package dev.signalbox.guard.memory.plan;

import dev.signalbox.api.Target;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What an operator wants of models in memory.
 *
 * @param exclusive those that are alone on their machine
 * @param together groups of which nobody goes for another one of it as long as something else can go
 * @param pinned those that never go
 */
public record Rules(Set<Target> exclusive, List<Set<Target>> together, Set<Target> pinned) {

    /** Nothing is wanted. */
    public static final Rules NONE = new Rules(Set.of(), List.of(), Set.of());

    /** Takes copies. */
    public Rules {
        exclusive = Set.copyOf(exclusive);
        together = together.stream().map(Set::copyOf).toList();
        pinned = Set.copyOf(pinned);
    }

    /** The same of models by other names. */
    public Rules as(UnaryOperator<Target> named) {
        return new Rules(
                as(exclusive, named),
                together.stream().map(group -> as(group, named)).toList(),
                as(pinned, named));
    }

    private static Set<Target> as(Set<Target> targets, UnaryOperator<Target> named) {
        return targets.stream().map(named).collect(Collectors.toSet());
    }

    /** Whether two models must not be in memory at the same time. */
    public boolean apart(Target one, Target other) {
        return !one.equals(other) && (exclusive.contains(one) || exclusive.contains(other));
    }

    /** Whether two models belong together. */
    public boolean mates(Target one, Target other) {
        return together.stream().anyMatch(group -> group.contains(one) && group.contains(other));
    }
}
