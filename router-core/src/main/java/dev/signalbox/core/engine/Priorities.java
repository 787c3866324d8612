package dev.signalbox.core.engine;

import dev.signalbox.api.Priority;

/** How urgent a request is: what it says itself, else its alias, its profile, its caller. */
final class Priorities {

    private Priorities() {}

    static Priority of(Journey journey) {
        return journey.wishes()
                .priority()
                .or(() -> journey.choice().priority())
                .or(() -> journey.profile().priority())
                .or(() -> journey.original().caller().priority())
                .orElse(Priority.NORMAL);
    }
}
