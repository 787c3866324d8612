package dev.signalbox.core.config;

import dev.signalbox.spi.Glob;

/**
 * A model name or pattern that clients may ask for.
 *
 * @param name the name or pattern, compared without case and surrounding space
 * @param use where it leads
 * @param fallback whether a chain may go past its first target
 */
public record Alias(Glob name, Use use, boolean fallback) {}
