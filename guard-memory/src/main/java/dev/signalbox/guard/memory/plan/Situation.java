package dev.signalbox.guard.memory.plan;

import dev.signalbox.api.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How it is on a machine.
 *
 * @param room how many bytes models may take: what the machine has without what is kept free
 * @param occupants what is in memory, or on its way in or out
 * @param rules what its operator wants
 * @param swapping the backends that keep one model, and put another one in its place by themselves
 */
public record Situation(long room, List<Occupant> occupants, Rules rules, Set<String> swapping) {

    /** Takes copies. */
    public Situation {
        occupants = List.copyOf(occupants);
        swapping = Set.copyOf(swapping);
    }

    /** Where no backend puts models in the place of others by itself. */
    public Situation(long room, List<Occupant> occupants, Rules rules) {
        this(room, occupants, rules, Set.of());
    }

    /** How many bytes nobody has taken; less than none where more was taken than there is. */
    public long free() {
        return room - sum(occupants);
    }

    /** How many bytes a model could have if everything had gone that ever goes for it. */
    long most(Target wanted) {
        return room
                - occupants.stream()
                        .filter(occupant -> !goes(occupant, wanted))
                        .mapToLong(Occupant::bytes)
                        .sum();
    }

    /** The same, where a model was promised that much less. */
    public Situation without(Target target, long bytes) {
        List<Occupant> less = occupants.stream()
                .map(each -> each.target().equals(target) ? each.promising(each.promised() - bytes) : each)
                .toList();
        return new Situation(room, less, rules, swapping);
    }

    Optional<Occupant> find(Target target) {
        return occupants.stream()
                .filter(occupant -> occupant.target().equals(target))
                .findFirst();
    }

    boolean canEverGo(Occupant occupant) {
        return occupant.movable() && !rules.pinned().contains(occupant.target());
    }

    /** Whether it ever goes for that model. */
    boolean goes(Occupant occupant, Target wanted) {
        return canEverGo(occupant)
                || (isSwapped(occupant, wanted) && !rules.pinned().contains(occupant.target()));
    }

    /** Whether they must not be in memory together. */
    boolean apart(Target wanted, Occupant occupant) {
        return rules.apart(wanted, occupant.target()) || isSwapped(occupant, wanted);
    }

    /** Whether its server puts that model in its place. */
    private boolean isSwapped(Occupant occupant, Target wanted) {
        return swapping.contains(wanted.backend())
                && occupant.target().backend().equals(wanted.backend())
                && find(wanted).isEmpty();
    }

    static long sum(List<Occupant> occupants) {
        return occupants.stream().mapToLong(Occupant::all).sum();
    }
}
