/** Finds places in JSON text and changes them without touching any other byte. */
@NullMarked
package dev.signalbox.core.json;

import org.jspecify.annotations.NullMarked;
