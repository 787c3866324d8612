/** Which models have to go so that another one fits: values in, a plan out, nothing else. */
@NullMarked
package dev.signalbox.guard.memory.plan;

import org.jspecify.annotations.NullMarked;
