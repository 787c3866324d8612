package dev.signalbox.testkit;

/** One model that answers: the only one of a {@code llama-server}, or one of those behind a router. */
record LlamaChild(String name, int context, Slots slots) {}
