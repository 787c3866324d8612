package dev.signalbox.core.translate;

/**
 * How one target wants a chat to be said, where its dialect leaves that open.
 *
 * @param midSystem what becomes of what the system says in the middle of a conversation
 * @param effort how an effort of thinking is said, in dialects with several words for it
 * @param budgets how many tokens each level of effort comes to
 * @param most how many tokens an answer may have if the client does not say, for dialects that have to
 */
public record Manner(MidSystem midSystem, Effort effort, Budgets budgets, long most) {

    /** What becomes of what the system says in the middle of a conversation: it stays there in any case. */
    public enum MidSystem {
        /** The system says it. */
        SYSTEM,
        /** The user says it. */
        USER
    }

    /** How an effort of thinking is said. */
    public enum Effort {
        /** As a number of tokens, which most servers know. */
        TOKENS,
        /** As a level, which the newest know. */
        LEVEL
    }

    /** How most want it. */
    public static final Manner USUAL = new Manner(MidSystem.SYSTEM, Effort.TOKENS, Budgets.USUAL, 8192);

    /** The same, but for what becomes of the system's later words. */
    public Manner saying(MidSystem other) {
        return new Manner(other, effort, budgets, most);
    }
}
