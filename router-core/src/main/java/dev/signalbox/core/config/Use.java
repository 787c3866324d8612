package dev.signalbox.core.config;

import dev.signalbox.api.Target;

/** Where an alias, a rule or the default leads. Closed. */
public sealed interface Use {

    /** To a profile. */
    record ToProfile(String name) implements Use {}

    /** To one target. */
    record ToTarget(Target target) implements Use {}

    /** To where an alias leads; only for what is no alias itself. */
    record ToAlias(String name) implements Use {}

    /** Nowhere: the name is known, and nobody is configured to serve it. */
    record Nowhere() implements Use {}
}
