package dev.signalbox.core.translate;

/**
 * Why a model finished.
 *
 * @param reason what that means
 * @param raw the backend's own word for it
 * @param stop the text that ended the answer, of {@code STOP_TEXT}; empty if it is not said
 */
public record Finish(Reason reason, String raw, String stop) {

    /** What every dialect has a word for, or something near. */
    public enum Reason {
        /** It has said everything. */
        END,
        /** It met a text that ends the answer. */
        STOP_TEXT,
        /** It reached the number of tokens it may have. */
        LENGTH,
        /** The context is full. */
        CONTEXT,
        /** It waits for results of tools. */
        TOOLS,
        /** It will not, or may not, say it. */
        REFUSED,
        /** Something else: the backend's own word is kept. */
        OTHER
    }

    /** A finish without more to say of it. */
    public static Finish of(Reason reason, String raw) {
        return new Finish(reason, raw, "");
    }
}
