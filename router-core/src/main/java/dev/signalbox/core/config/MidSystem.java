package dev.signalbox.core.config;

/** Who says to a backend what the system says in the middle of a conversation. */
public enum MidSystem {
    /** The system. */
    SYSTEM,
    /** The user. */
    USER,
    /** The system, until a model refuses that; then the user, to that model. */
    AUTO
}
