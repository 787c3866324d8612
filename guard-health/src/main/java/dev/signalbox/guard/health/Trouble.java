package dev.signalbox.guard.health;

import dev.signalbox.api.FailureKind;

/**
 * A failure that speaks about the server.
 *
 * @param source whose failure: a target, or the probe
 * @param kind what went wrong
 * @param words the same for operators
 */
record Trouble(String source, FailureKind kind, String words) {

    private static final int LONGEST = 160;

    Trouble {
        words = words.length() <= LONGEST ? words : words.substring(0, LONGEST) + "…";
    }

    /** Whether nobody was there, which a probe sees as well as a request. */
    boolean nobodyThere() {
        return kind == FailureKind.UNREACHABLE;
    }

    /** Whether it is about the model and says nothing of others on the same server. */
    boolean ofTheModel() {
        return kind == FailureKind.MODEL_UNAVAILABLE || kind == FailureKind.OUT_OF_MEMORY;
    }

    /** In a few words. */
    String cause() {
        return words.isEmpty() ? kind.id() : kind.id() + ": " + words;
    }

    /** Whether a failure of that kind is the server's fault: not the caller's, not a plugin's, and loading is none. */
    static boolean speaks(FailureKind kind) {
        return switch (kind) {
            case UNREACHABLE, TIMED_OUT, OVERLOADED, OUT_OF_MEMORY, MODEL_UNAVAILABLE, SERVER_ERROR, BROKEN_REPLY ->
                true;
            case LOADING, CONTEXT_OVERFLOW, UNSUPPORTED, UNAUTHORIZED, REJECTED, DEFECT -> false;
        };
    }
}
