package dev.signalbox.guard.context;

/** What is done about a target whose context a prompt does not fit. */
enum Action {
    /** Nothing; it is not looked at. */
    OFF,
    /** It is said. */
    WARN,
    /** It is tried after all others. */
    DEMOTE,
    /** It is not tried. */
    EXCLUDE
}
