/** What configuration decides, as one immutable value, and how it is read. */
@NullMarked
package dev.signalbox.core.config;

import org.jspecify.annotations.NullMarked;
