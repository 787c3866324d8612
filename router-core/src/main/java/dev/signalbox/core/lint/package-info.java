/** Looks for what a configuration says and surely does not do. Pure, and silent rather than wrong. */
@NullMarked
package dev.signalbox.core.lint;

import org.jspecify.annotations.NullMarked;
