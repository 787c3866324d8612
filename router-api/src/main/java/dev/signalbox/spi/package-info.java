/** The contracts between the engine and its plugins. A plugin implements the small interfaces; the engine the large ones. */
@NullMarked
package dev.signalbox.spi;

import org.jspecify.annotations.NullMarked;
