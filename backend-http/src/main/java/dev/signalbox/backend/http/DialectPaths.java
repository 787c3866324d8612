package dev.signalbox.backend.http;

import dev.signalbox.api.Dialect;
import java.net.URI;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** Where servers usually take requests of each dialect. */
public final class DialectPaths {

    private static final Map<Dialect, String> BELOW_API = Map.of(
            Dialect.OPENAI_CHAT, "/chat/completions",
            Dialect.OPENAI_COMPLETIONS, "/completions",
            Dialect.OPENAI_EMBEDDINGS, "/embeddings",
            Dialect.OPENAI_RESPONSES, "/responses",
            Dialect.OPENAI_RERANK, "/rerank",
            Dialect.OPENAI_SCORE, "/score",
            Dialect.ANTHROPIC_MESSAGES, "/messages",
            Dialect.ANTHROPIC_COUNT_TOKENS, "/messages/count_tokens");

    private static final Map<Dialect, String> BELOW_ROOT = Map.of(
            Dialect.OLLAMA_CHAT, "/api/chat",
            Dialect.OLLAMA_GENERATE, "/api/generate",
            Dialect.OLLAMA_EMBED, "/api/embed",
            Dialect.OLLAMA_EMBEDDINGS, "/api/embeddings");

    private DialectPaths() {}

    /**
     * The addresses for these dialects, to be made once.
     *
     * @throws IllegalArgumentException if a dialect has no usual path
     */
    public static Map<Dialect, URI> of(BaseUrl server, Collection<Dialect> dialects) {
        return dialects.stream()
                .collect(Collectors.toUnmodifiableMap(dialect -> dialect, dialect -> of(server, dialect)));
    }

    private static URI of(BaseUrl server, Dialect dialect) {
        String api = BELOW_API.get(dialect);
        if (api != null) {
            return server.api(api);
        }
        String root = BELOW_ROOT.get(dialect);
        if (root == null) {
            throw new IllegalArgumentException(dialect + " has no usual path");
        }
        return server.root(root);
    }
}
