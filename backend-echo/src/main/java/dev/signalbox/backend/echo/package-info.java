/** Answers without any model. */
@NullMarked
package dev.signalbox.backend.echo;

import org.jspecify.annotations.NullMarked;
