/** The guard {@code memory}: memory that is counted, and servers that ran out of it. */
@NullMarked
package dev.signalbox.guard.memory;

import org.jspecify.annotations.NullMarked;
