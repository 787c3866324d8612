package dev.signalbox.guard.loop;

/** What is done about a conversation that goes round in circles. */
enum Action {
    /** Nothing; it is not looked for. */
    OFF,
    /** It is said. */
    WARN,
    /** It is said, and the model is told. */
    INJECT,
    /** The request ends. */
    REFUSE
}
