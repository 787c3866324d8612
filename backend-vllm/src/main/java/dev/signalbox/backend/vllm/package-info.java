/** Asks vLLM. */
@NullMarked
package dev.signalbox.backend.vllm;

import org.jspecify.annotations.NullMarked;
