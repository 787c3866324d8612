package dev.signalbox.core.config;

import dev.signalbox.api.Target;

/** Where an alias, a rule or the default leads. Closed. */
public sealed interface Use {

    /** To a profile. */
    record ToProfile(String name) implements Use {}

    /** To one target. */
    record ToTarget(Target target) implements Use {}
}
