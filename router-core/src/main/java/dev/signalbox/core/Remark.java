package dev.signalbox.core;

import dev.signalbox.spi.Where;

/**
 * Something in a configuration that can be used and does not do what it says.
 *
 * @param weight how sure that is
 * @param where the place
 * @param message what was seen and what would be right; without secrets
 */
public record Remark(Weight weight, Where where, String message) {

    /** How sure it is that something is not as it should be. */
    public enum Weight {
        /** It surely has no effect, or surely fails. */
        WARNING,
        /** It may be meant, and often is not. */
        NOTE
    }
}
