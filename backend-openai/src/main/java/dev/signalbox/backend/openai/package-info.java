/** Asks any server that speaks the API of OpenAI. */
@NullMarked
package dev.signalbox.backend.openai;

import org.jspecify.annotations.NullMarked;
