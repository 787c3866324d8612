/** The chain engine: one request's way from its bytes to its answer. */
@NullMarked
package dev.signalbox.core.engine;

import org.jspecify.annotations.NullMarked;
