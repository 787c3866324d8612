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
 * @param garbled whether that is no document that says so, but text where a document should be
 */
public record Signal(
        boolean content, boolean finish, boolean end, boolean usageOnly, Optional<String> error, boolean garbled) {

    /** A frame that means nothing: a comment, a ping, a role, an empty delta. */
    static final Signal NOTHING = of(false, false, false, false);

    /** A bare end mark, which says nothing about how it went. */
    static final Signal END = of(false, false, true, false);

    private static final int LONGEST = 64 * 1024;

    /** A frame without an error. */
    static Signal of(boolean content, boolean finish, boolean end, boolean usageOnly) {
        return new Signal(content, finish, end, usageOnly, Optional.empty(), false);
    }

    /** An error that is told as such. */
    static Signal error(String text) {
        return failed(text, false);
    }

    /** Text that should not be there: the words of whoever lost the server, or just garbage. */
    static Signal garbled(String text) {
        return failed(text, true);
    }

    private static Signal failed(String text, boolean garbled) {
        String kept = text.length() <= LONGEST ? text : text.substring(0, LONGEST);
        return new Signal(false, false, false, false, Optional.of(kept), garbled);
    }
}
