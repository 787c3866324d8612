/** The guard {@code budget}: what answers cost, and who may still spend how much. */
@NullMarked
package dev.signalbox.guard.budget;

import org.jspecify.annotations.NullMarked;
