package dev.signalbox.core.config;

import dev.signalbox.api.Priority;
import dev.signalbox.spi.Glob;
import java.util.Optional;

/**
 * A model name or pattern that clients may ask for.
 *
 * @param name the name or pattern, compared without case and surrounding space
 * @param use where it leads
 * @param fallback whether a chain may go past its first target
 * @param priority how urgent requests for it are that do not say so themselves; empty if it says nothing
 */
public record Alias(Glob name, Use use, boolean fallback, Optional<Priority> priority) {

    /** An alias that says nothing but where it leads. */
    public static Alias of(String name, Use use) {
        return new Alias(new Glob(name), use, true, Optional.empty());
    }
}
