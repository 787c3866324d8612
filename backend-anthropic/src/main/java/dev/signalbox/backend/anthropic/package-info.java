/** Asks Anthropic, and whoever speaks its API. */
@NullMarked
package dev.signalbox.backend.anthropic;

import org.jspecify.annotations.NullMarked;
