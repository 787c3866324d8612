package dev.signalbox.core.translate;

import java.util.Optional;

/** Counts what is held of an answer because it can only be told later, and says when that is too much. One thread uses it. */
final class Held {

    private static final int MOST = 8 << 20; // characters

    private final String why;
    private long characters;

    /**
     * Counts for one answer.
     *
     * @param why what is said where it is too much, with {@code %,d} for the most there may be
     */
    Held(String why) {
        this.why = why;
    }

    /** Whether so much more may be held. */
    boolean takes(long more) {
        characters += more;
        return characters <= MOST;
    }

    /** Why the rest cannot be told; empty as long as it can. */
    Optional<String> failure() {
        return characters <= MOST ? Optional.empty() : Optional.of(why.formatted(MOST));
    }
}
