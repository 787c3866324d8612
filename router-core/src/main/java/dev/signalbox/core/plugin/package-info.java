/** Finding and checking plugins. */
@NullMarked
package dev.signalbox.core.plugin;

import org.jspecify.annotations.NullMarked;
