package dev.signalbox.backend.vllm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Capability;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Support;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a vLLM has routes for. A version has those it knows, of which a model gets those it is for: one that makes vectors
 * is not asked to chat.
 *
 * @param spoken the dialects; never empty
 */
record Routes(Set<Dialect> spoken) {

    /** Where vLLM takes each dialect, as it describes itself. */
    private static final Map<Dialect, String> PATHS = Map.of(
            Dialect.OPENAI_CHAT, "/v1/chat/completions",
            Dialect.OPENAI_COMPLETIONS, "/v1/completions",
            Dialect.OPENAI_EMBEDDINGS, "/v1/embeddings",
            Dialect.OPENAI_RESPONSES, "/v1/responses",
            Dialect.OPENAI_RERANK, "/v1/rerank",
            Dialect.OPENAI_SCORE, "/v1/score",
            Dialect.ANTHROPIC_MESSAGES, "/v1/messages",
            Dialect.ANTHROPIC_COUNT_TOKENS, "/v1/messages/count_tokens");

    private static final Map<Capability, Dialect> ASKED_IN = Map.of(
            Capability.CHAT, Dialect.OPENAI_CHAT,
            Capability.COMPLETIONS, Dialect.OPENAI_COMPLETIONS,
            Capability.EMBEDDINGS, Dialect.OPENAI_EMBEDDINGS,
            Capability.RERANK, Dialect.OPENAI_RERANK);

    /** What the engine does for every model that generates. Whether tools are read is a setting that nobody tells. */
    private static final List<Capability> GENERATING =
            List.of(Capability.STREAMING, Capability.JSON, Capability.JSON_SCHEMA, Capability.LOGPROBS);

    Routes {
        spoken = Set.copyOf(spoken);
    }

    /** All that some vLLM may speak. */
    static Set<Dialect> known() {
        return PATHS.keySet();
    }

    /** Reads {@code /openapi.json}; empty if it describes something else. */
    static Optional<Routes> read(JsonNode description) {
        JsonNode paths = description.path("paths");
        Set<Dialect> spoken = PATHS.entrySet().stream()
                .filter(each -> paths.path(each.getValue()).has("post"))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return spoken.isEmpty() ? Optional.empty() : Optional.of(new Routes(spoken));
    }

    /** The model with what its routes say that it can do. */
    ModelInfo tell(ModelInfo model) {
        ModelInfo told = model;
        for (Map.Entry<Capability, Dialect> each : ASKED_IN.entrySet()) {
            told = told.with(each.getKey(), spoken.contains(each.getValue()) ? Support.YES : Support.NO);
        }
        if (spoken.contains(Dialect.OPENAI_COMPLETIONS)) {
            for (Capability capability : GENERATING) {
                told = told.with(capability, Support.YES);
            }
        }
        return told;
    }
}
