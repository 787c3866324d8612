package dev.signalbox.core.dialect;

import dev.signalbox.api.Usage;
import java.util.Optional;

/**
 * What a reply that is not streamed turned out to be.
 *
 * @param wellFormed whether it is JSON from start to end
 * @param error the error it reports in spite of its status, as it came, at most 64 Ki characters
 * @param wrongShape why it is no answer of this dialect, though it is JSON and no error
 * @param usage the tokens it reports
 */
public record Whole(boolean wellFormed, Optional<String> error, Optional<String> wrongShape, Optional<Usage> usage) {

    /** About how many tokens such a text has. */
    public static long roughTokens(String text) {
        return Tokens.estimate(text);
    }
}
