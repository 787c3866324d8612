package dev.signalbox.ledger.sqlite;

import org.jspecify.annotations.Nullable;

/** Why the file cannot be used. */
final class Broken extends Exception {

    private static final long serialVersionUID = 1;

    private final boolean passing;

    private Broken(String message, boolean passing, @Nullable Throwable cause) {
        super(message, cause);
        this.passing = passing;
    }

    /** For good, until somebody looks after it. */
    static Broken forGood(String message) {
        return new Broken(message, false, null);
    }

    /** Perhaps only for now. */
    static Broken forNow(String message, Throwable cause) {
        return new Broken(message, true, cause);
    }

    boolean passing() {
        return passing;
    }

    /** In words. */
    String words() {
        return String.valueOf(getMessage());
    }
}
