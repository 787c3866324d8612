package dev.signalbox.guard.context;

import dev.signalbox.spi.PluginConfig;

/**
 * What a profile wants of prompts that nearly fill a context, or more: what it says itself, else what holds for all.
 *
 * @param action what is done about a prompt that does not fit
 * @param warnAt the share of the context from which on it is said
 * @param fullAt the share of the context beyond which a prompt does not fit
 */
record Manner(Action action, double warnAt, double fullAt) {

    static Manner of(PluginConfig general, PluginConfig profile) {
        return new Manner(
                profile.get(ContextGuardFactory.PROFILE_ACTION)
                        .orElseGet(() -> general.get(ContextGuardFactory.ACTION)),
                profile.get(ContextGuardFactory.PROFILE_WARN_AT)
                        .orElseGet(() -> general.get(ContextGuardFactory.WARN_AT)),
                profile.get(ContextGuardFactory.PROFILE_FULL_AT)
                        .orElseGet(() -> general.get(ContextGuardFactory.FULL_AT)));
    }

    /** Whether a prompt of so many tokens may be worth a word. */
    boolean mayMatter(long tokens, long context) {
        return tokens >= Math.min(warnAt, fullAt) * context;
    }

    /** Whether a prompt of so many tokens is worth a word. */
    boolean warns(long tokens, long context) {
        return tokens >= warnAt * context;
    }

    /** Whether a prompt of so many tokens does not fit. */
    boolean overfull(long tokens, long context) {
        return tokens > fullAt * context;
    }
}
