package dev.signalbox.guard.memory;

/** What is done about a target that ran out of memory a short while ago. */
enum Action {
    /** Nothing. */
    OFF,
    /** It is said. */
    WARN,
    /** It is tried after all others. */
    DEMOTE,
    /** It is not tried. */
    EXCLUDE
}
