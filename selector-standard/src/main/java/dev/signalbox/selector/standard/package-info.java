/** Selectors that order the targets of a pool. */
@NullMarked
package dev.signalbox.selector.standard;

import org.jspecify.annotations.NullMarked;
