/** The guard {@code loop}: models that call the same tool again and again. */
@NullMarked
package dev.signalbox.guard.loop;

import org.jspecify.annotations.NullMarked;
