package dev.signalbox.guard.budget;

/** What is done where a budget would be gone over. What is spent is counted whichever it is. */
enum Action {
    /** Nothing. */
    OFF,
    /** It is said. */
    WARN,
    /** The target is not tried. */
    EXCLUDE
}
