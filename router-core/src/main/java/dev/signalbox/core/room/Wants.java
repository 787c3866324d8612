package dev.signalbox.core.room;

import dev.signalbox.api.Target;
import java.util.ArrayList;
import java.util.List;

/**
 * What a waiter needs, whichever way it goes in the end.
 *
 * @param gates every gate, and every host where a guard said later; each once
 * @param targets every target, each once
 */
record Wants(List<Gate> gates, List<Target> targets) {

    static final Wants NOTHING = new Wants(List.of(), List.of());

    static Wants of(List<Holdup> holdups) {
        List<Gate> gates = new ArrayList<>();
        List<Target> targets = new ArrayList<>();
        for (Holdup holdup : holdups) {
            holdup.gates().stream().filter(gate -> !gates.contains(gate)).forEach(gates::add);
            if (!targets.contains(holdup.target())) {
                targets.add(holdup.target());
            }
        }
        return new Wants(gates, targets);
    }

    boolean includes(Wants other) {
        return gates.containsAll(other.gates);
    }

    boolean anyOf(List<Gate> others) {
        for (Gate gate : others) {
            if (gates.contains(gate)) {
                return true;
            }
        }
        return false;
    }
}
