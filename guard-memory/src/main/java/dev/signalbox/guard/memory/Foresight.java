package dev.signalbox.guard.memory;

import dev.signalbox.api.Target;
import dev.signalbox.guard.memory.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Says what would be done before a request could be sent. Residency's lock. */
final class Foresight {

    private Foresight() {}

    static String of(Books books, Need need, Plan.Go plan) {
        List<String> parts = new ArrayList<>();
        if (need.reloads(books)) {
            parts.add("%s would be loaded again with a context of %d tokens"
                    .formatted(need.target(), need.context().orElse(0)));
        } else if (!books.isThere(need.target())) {
            parts.add("%s would be loaded".formatted(need.target()));
        }
        if (!plan.unload().isEmpty()) {
            parts.add("%s would be unloaded for %s".formatted(names(plan.unload()), need.target()));
        }
        return String.join("; ", parts);
    }

    private static String names(List<Target> targets) {
        return targets.stream().map(Target::toString).sorted().collect(Collectors.joining(", "));
    }
}
