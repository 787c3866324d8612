package dev.signalbox.core.engine;

import dev.signalbox.api.Capability;
import dev.signalbox.api.ModelInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Puts targets that are known to do what a request wants before those of which it is unknown, and these before those that
 * do without it; otherwise they stay in order.
 *
 * @param wanted what the request wants, and may get from whoever is tried
 */
record Fitness(Set<Capability> wanted) {

    private static final int KNOWN = 0;
    private static final int UNKNOWN = 1;
    private static final int WITHOUT = 2;

    /** The same contenders, those that fit best first; it is told if another one comes first then. */
    List<Contender> ordered(List<Contender> contenders) {
        if (wanted.isEmpty() || contenders.size() < 2) {
            return contenders;
        }
        List<Contender> ordered = new ArrayList<>(contenders);
        ordered.sort(Comparator.comparingInt(contender -> of(contender.model())));
        if (ordered.getFirst() != contenders.getFirst()) {
            tell(ordered.getFirst(), contenders.getFirst());
        }
        return ordered;
    }

    private void tell(Contender first, Contender before) {
        String missing = wanted.stream()
                .filter(capability -> of(before.model(), capability) != KNOWN)
                .map(Capability::id)
                .sorted()
                .collect(Collectors.joining(", "));
        first.journey()
                .note(
                        "engine",
                        "%s comes before %s, which is not known to do %s"
                                .formatted(first.target(), before.target(), missing));
    }

    private int of(ModelInfo model) {
        int worst = KNOWN;
        for (Capability capability : wanted) {
            worst = Math.max(worst, of(model, capability));
        }
        return worst;
    }

    private static int of(ModelInfo model, Capability capability) {
        return switch (model.support(capability)) {
            case YES -> KNOWN;
            case UNKNOWN -> UNKNOWN;
            case NO -> WITHOUT;
        };
    }
}
