/** Asks Ollama. */
@NullMarked
package dev.signalbox.backend.ollama;

import org.jspecify.annotations.NullMarked;
