/** The guard {@code health}: which servers fail, and how they come back. */
@NullMarked
package dev.signalbox.guard.health;

import org.jspecify.annotations.NullMarked;
