package dev.signalbox.core.translate;

import java.util.Optional;

/** Says when an answer has too many parts: as long as it comes, something is remembered of each. */
final class Crowd {

    private static final int MOST = 10_000;

    private Crowd() {}

    /** Why the rest of an answer of so many parts cannot be told; empty as long as it can. */
    static Optional<String> failure(int parts) {
        return parts <= MOST
                ? Optional.empty()
                : Optional.of("it has more than %,d tool calls and other parts".formatted(MOST));
    }
}
