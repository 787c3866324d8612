/** Asks a small model, through the router itself, which class a request belongs to. */
@NullMarked
package dev.signalbox.classifier.triage;

import org.jspecify.annotations.NullMarked;
