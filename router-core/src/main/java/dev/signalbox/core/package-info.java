/** All that an embedder sees of the engine. */
@NullMarked
package dev.signalbox.core;

import org.jspecify.annotations.NullMarked;
