package dev.signalbox.core.room;

/** Why waiters are asked again, and so which of them. */
enum Occasion {
    /** Time went by: only those are asked who wanted to be by now. */
    TIME,
    /** Places or slots were given back: those are not asked who only need places that are still taken. */
    GIVEN_BACK,
    /** Anything may have changed: all are asked. */
    ANYTHING
}
