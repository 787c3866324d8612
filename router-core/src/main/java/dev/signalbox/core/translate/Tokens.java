package dev.signalbox.core.translate;

import java.util.OptionalLong;

/**
 * How many tokens an answer took, as far as the backend says.
 *
 * @param input tokens of the prompt, those read from a cache or written to one included
 * @param output tokens of the answer, those of reasoning included
 * @param cacheRead tokens of the prompt that were read from a cache
 * @param cacheWrite tokens of the prompt that were written to a cache
 * @param reasoning tokens of the answer that the model thought
 */
public record Tokens(
        OptionalLong input,
        OptionalLong output,
        OptionalLong cacheRead,
        OptionalLong cacheWrite,
        OptionalLong reasoning) {

    /** Nothing is known. */
    public static final Tokens UNKNOWN = new Tokens(
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty());

    /** What is known now, given what was known before. */
    public Tokens after(Tokens before) {
        return new Tokens(
                input.isPresent() ? input : before.input,
                output.isPresent() ? output : before.output,
                cacheRead.isPresent() ? cacheRead : before.cacheRead,
                cacheWrite.isPresent() ? cacheWrite : before.cacheWrite,
                reasoning.isPresent() ? reasoning : before.reasoning);
    }

    /** Whether nothing is known. */
    public boolean unknown() {
        return equals(UNKNOWN);
    }
}
