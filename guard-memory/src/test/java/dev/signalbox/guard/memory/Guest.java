package dev.signalbox.guard.memory;

import dev.signalbox.api.Target;
import dev.signalbox.testkit.TestAttempt;
import java.util.OptionalLong;

/** A request of a schedule that waits or runs. */
final class Guest {

    final Target target;
    private final long tokens;
    private final OptionalLong context;
    private int tries;

    /**
     * Of so many tokens.
     *
     * @param context with which the model is to be loaded; empty where that does not matter
     */
    Guest(Target target, long tokens, OptionalLong context) {
        this.target = target;
        this.tokens = tokens;
        this.context = context;
    }

    TestAttempt attempt(Residents residents) {
        TestAttempt attempt = residents.at(target.toString(), tokens);
        return context.isPresent() ? attempt.wantingContext(context.getAsLong()) : attempt;
    }

    /** The least context with which it can be answered. */
    long leastContext() {
        return context.orElse(0);
    }

    /** What it takes while it is answered. */
    long growth() {
        return target.equals(Scenery.GROWING) ? tokens : 0;
    }

    /** How often it was tried, once more. */
    int tried() {
        return ++tries;
    }
}
