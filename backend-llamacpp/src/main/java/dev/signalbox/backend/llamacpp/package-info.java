/** Asks llama.cpp's {@code llama-server}, with one model or in router mode. */
@NullMarked
package dev.signalbox.backend.llamacpp;

import org.jspecify.annotations.NullMarked;
