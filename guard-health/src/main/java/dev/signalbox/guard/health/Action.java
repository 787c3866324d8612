package dev.signalbox.guard.health;

/** What is done about a target that is not well. */
enum Action {
    /** Nothing, and what happens to its requests is not counted. */
    OFF,
    /** It is said. */
    WARN,
    /** It is tried after all others. */
    DEMOTE,
    /** It is not tried; one that is only slow is tried after all others. */
    EXCLUDE
}
