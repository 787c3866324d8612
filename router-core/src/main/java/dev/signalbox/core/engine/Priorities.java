package dev.signalbox.core.engine;

import dev.signalbox.api.Priority;

/** How urgent a request is: what it says itself, else its alias, its profile, its caller. */
final class Priorities {

    private static final String HEADER = "X-Signalbox-Priority";

    private Priorities() {}

    static Priority of(Journey journey) {
        return journey.original()
                .headers()
                .first(HEADER)
                .flatMap(Priority::of)
                .or(() -> journey.choice().priority())
                .or(() -> journey.profile().priority())
                .or(() -> journey.original().caller().priority())
                .orElse(Priority.NORMAL);
    }
}
