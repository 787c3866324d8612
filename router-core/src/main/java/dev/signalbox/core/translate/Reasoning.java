package dev.signalbox.core.translate;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How much the model thinks before it answers. Dialects say it as a switch, as a level or as a number of tokens; what
 * was not said is empty, and a writer makes of one what its dialect has.
 *
 * @param wanted whether it thinks at all; empty if only a level is said, or the model decides
 * @param effort a level such as {@code low}, {@code medium}, {@code high}; empty if none is said
 * @param budget how many tokens it may think
 * @param origin what said so
 */
public record Reasoning(Optional<Boolean> wanted, String effort, OptionalLong budget, Origin origin) {

    /** Nothing is said of it. */
    public static Reasoning unsaid(Origin origin) {
        return new Reasoning(Optional.empty(), "", OptionalLong.empty(), origin);
    }
}
