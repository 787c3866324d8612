package dev.signalbox.core.lint;

import dev.signalbox.api.Target;
import dev.signalbox.core.config.GateSettings;
import java.util.List;

/** Gates that are never full, because everything behind them stands behind a narrower one. */
final class NeedlessGates implements Check {

    @Override
    public void look(Subject subject, Remarks remarks) {
        List<GateSettings> gates = List.copyOf(subject.settings().gates().values());
        for (int i = 0; i < gates.size(); i++) {
            GateSettings gate = gates.get(i);
            for (int j = 0; j < gates.size(); j++) {
                GateSettings other = gates.get(j);
                boolean alike = narrower(gate, other); // then the first of them is kept
                if (i != j && narrower(other, gate) && !(alike && i < j)) {
                    remarks.warn(
                            subject.places().of("gates", gate.name()),
                            "is never full: all it stands in front of is behind \"%s\", which has no more places and no"
                                            .formatted(other.name())
                                    + " longer queue. Take one out");
                    break;
                }
            }
        }
    }

    /** Whether one lets nobody through whom the other would stop. */
    private static boolean narrower(GateSettings one, GateSettings other) {
        return one.places() <= other.places()
                && one.queue() <= other.queue()
                && other.of().stream().allMatch(place -> standsBefore(one, place));
    }

    private static boolean standsBefore(GateSettings gate, String place) {
        return place.indexOf('/') < 0 ? gate.of().contains(place) : gate.guards(Target.of(place));
    }
}
