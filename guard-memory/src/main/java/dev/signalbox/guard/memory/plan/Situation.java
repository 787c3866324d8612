package dev.signalbox.guard.memory.plan;

import dev.signalbox.api.Target;
import java.util.List;
import java.util.Optional;

/**
 * How it is on a machine.
 *
 * @param room how many bytes models may take: what the machine has without what is kept free
 * @param occupants what is in memory, or on its way in or out
 * @param rules what its operator wants
 */
public record Situation(long room, List<Occupant> occupants, Rules rules) {

    /** Takes a copy. */
    public Situation {
        occupants = List.copyOf(occupants);
    }

    /** How many bytes nobody has taken; less than none where more was taken than there is. */
    public long free() {
        return room - sum(occupants);
    }

    /** How many bytes a model could have if everything had gone that ever goes. */
    public long most() {
        return room
                - occupants.stream()
                        .filter(occupant -> !canEverGo(occupant))
                        .mapToLong(Occupant::bytes)
                        .sum();
    }

    /** The same, where a model was promised that much less. */
    public Situation without(Target target, long bytes) {
        List<Occupant> less = occupants.stream()
                .map(each -> each.target().equals(target) ? each.promising(each.promised() - bytes) : each)
                .toList();
        return new Situation(room, less, rules);
    }

    Optional<Occupant> find(Target target) {
        return occupants.stream()
                .filter(occupant -> occupant.target().equals(target))
                .findFirst();
    }

    boolean canEverGo(Occupant occupant) {
        return occupant.movable() && !rules.pinned().contains(occupant.target());
    }

    static long sum(List<Occupant> occupants) {
        return occupants.stream().mapToLong(Occupant::all).sum();
    }
}
