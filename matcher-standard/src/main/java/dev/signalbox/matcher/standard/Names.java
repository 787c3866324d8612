package dev.signalbox.matcher.standard;

import dev.signalbox.spi.Glob;
import java.util.List;
import java.util.Optional;

/** What lists of patterns, one of which has to fit, mean for each other. */
final class Names {

    private static final Glob ALL = new Glob("*");

    private Names() {}

    /** Whether every name that fits the narrow list fits the wide one too. */
    static boolean cover(List<Glob> wide, List<Glob> narrow) {
        return narrow.stream().allMatch(one -> wide.stream().anyMatch(other -> other.covers(one)));
    }

    /** Whether every name fits, or none does; empty where that depends. */
    static Optional<Boolean> constant(List<Glob> patterns) {
        if (patterns.isEmpty()) {
            return Optional.of(false);
        }
        return cover(patterns, List.of(ALL)) ? Optional.of(true) : Optional.empty();
    }
}
