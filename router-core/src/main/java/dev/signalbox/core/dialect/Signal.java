package dev.signalbox.core.dialect;

import java.util.Optional;

/**
 * What one frame of a reply means to whoever decides whether the reply has begun and whether it is whole.
 *
 * @param content whether it shows that the model produces: text, reasoning, refusal, a part of a tool call, audio, image
 * @param finish whether it says that the model has finished, with or without content
 * @param end whether it is the last frame the dialect sends
 * @param usageOnly whether it carries token counts and nothing else
 * @param error the error it reports, as it came, at most 64 Ki characters
 */
public record Signal(boolean content, boolean finish, boolean end, boolean usageOnly, Optional<String> error) {

    /** A frame that means nothing: a comment, a ping, a role, an empty delta. */
    static final Signal NOTHING = new Signal(false, false, false, false, Optional.empty());

    /** A bare end mark, which says nothing about how it went. */
    static final Signal END = new Signal(false, false, true, false, Optional.empty());

    private static final int LONGEST = 64 * 1024;

    static Signal error(String text) {
        String kept = text.length() <= LONGEST ? text : text.substring(0, LONGEST);
        return new Signal(false, false, false, false, Optional.of(kept));
    }
}
