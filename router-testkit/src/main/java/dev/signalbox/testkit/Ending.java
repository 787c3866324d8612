package dev.signalbox.testkit;

/** How a scripted reply ends. */
enum Ending {
    /** As it should; the connection stays open if the reply allows it. */
    COMPLETE,
    /** As it should, and then the server closes the connection without having said so. */
    CLOSE,
    /** As it should, and then the server closes its half of the connection and goes on reading. */
    HALF_CLOSE,
    /** The connection is closed before the reply is complete. */
    TRUNCATE,
    /** The connection is reset before the reply is complete. */
    RESET,
    /** Nothing more is sent, and the connection stays open. */
    STALL
}
