package dev.signalbox.core.dialect;

/** A dialect that only its plugin knows: one JSON object with a model, and nothing else is understood. */
record UnknownShape() implements RequestShape {}
