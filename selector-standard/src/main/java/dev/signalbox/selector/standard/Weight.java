package dev.signalbox.selector.standard;

import dev.signalbox.spi.Candidate;
import dev.signalbox.spi.Option;
import java.util.List;

/** How much a target of a pool can take, compared with the others. */
final class Weight {

    static final Option<Long> OPTION = Option.integer("weight", 1, 1000)
            .orElse(1L)
            .doc("How much it can take compared with the others: 3 gets three times what 1 gets.");

    private Weight() {}

    /** Its weight; 1 where a pool was made without one. */
    static long of(Candidate candidate) {
        return candidate.settings().options().contains(OPTION)
                ? candidate.settings().get(OPTION)
                : 1;
    }

    static long of(List<Candidate> candidates) {
        return candidates.stream().mapToLong(Weight::of).sum();
    }
}
