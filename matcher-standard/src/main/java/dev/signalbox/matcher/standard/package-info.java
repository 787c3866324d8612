/** Matchers for what most rules ask. */
@NullMarked
package dev.signalbox.matcher.standard;

import org.jspecify.annotations.NullMarked;
