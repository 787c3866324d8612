/** The engine inside somebody else's program. */
@NullMarked
package dev.signalbox.examples.embedded;

import org.jspecify.annotations.NullMarked;
