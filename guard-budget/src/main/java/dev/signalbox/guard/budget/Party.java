package dev.signalbox.guard.budget;

import dev.signalbox.api.Target;
import java.util.Locale;

/** Who spends something, in each of the ways in which budgets ask. */
record Party(Target target, String profile, String caller) {

    /** Of whom a budget is. */
    enum Role {
        TARGET,
        BACKEND,
        PROFILE,
        CALLER,
        TOTAL;

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The name in that role; empty if it has none. */
    String as(Role role) {
        return switch (role) {
            case TARGET -> target.toString();
            case BACKEND -> target.backend();
            case PROFILE -> profile;
            case CALLER -> caller;
            case TOTAL -> "";
        };
    }
}
