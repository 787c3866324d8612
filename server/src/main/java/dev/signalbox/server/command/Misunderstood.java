package dev.signalbox.server.command;

/** Words that are not understood; the message says which, and what would be right. */
final class Misunderstood extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Misunderstood(String message) {
        super(message);
    }
}
