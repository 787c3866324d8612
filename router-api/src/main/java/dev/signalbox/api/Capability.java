package dev.signalbox.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a model can do, as far as routing cares. Written in configuration and answers in kebab-case. */
public enum Capability {
    CHAT,
    COMPLETIONS,
    EMBEDDINGS,
    RERANK,
    TOOLS,
    PARALLEL_TOOLS,
    /** Calls a tool, or that tool, because the client says so. */
    TOOL_CHOICE,
    VISION,
    AUDIO,
    JSON,
    JSON_SCHEMA,
    REASONING,
    PROMPT_CACHE,
    LOGPROBS,
    STREAMING;

    /** The name in configuration and answers, such as {@code json-schema}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The capability of that id, or empty. */
    public static Optional<Capability> of(String id) {
        return Arrays.stream(values()).filter(c -> c.id().equals(id)).findFirst();
    }

    /** The id. */
    @Override
    public String toString() {
        return id();
    }
}
