/** The guard {@code context}: prompts that do not fit. */
@NullMarked
package dev.signalbox.guard.context;

import org.jspecify.annotations.NullMarked;
