package dev.signalbox.guard.context;

import dev.signalbox.api.Target;
import java.util.Locale;

/**
 * What a prompt needs of a target's context.
 *
 * @param target which target
 * @param tokens about how many tokens the prompt has there
 * @param context how many the context holds
 */
record Need(Target target, long tokens, long context) {

    /** {@code gpu/m: the prompt has about 27,000 tokens, 82 % of the 32,768 of its context}. */
    String words() {
        return String.format(
                Locale.ROOT,
                "%s: the prompt has about %,d tokens, %d %% of the %,d of its context",
                target,
                tokens,
                Math.round(100.0 * tokens / Math.max(1, context)),
                context);
    }
}
