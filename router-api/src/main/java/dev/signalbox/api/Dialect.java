package dev.signalbox.api;

import static java.util.Objects.requireNonNull;

import dev.signalbox.api.frame.Framing;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a request and of its answer: {@code openai.chat}, {@code ollama.generate} and so on.
 *
 * <p>An open set: a plugin may speak one that is not listed here. Two dialects of one id are equal only if they also
 * agree on the rest, so a plugin that means a listed one takes the constant.
 *
 * @param id family, a dot and what is asked, in lower case
 * @param occupies whether a request takes the model's time and memory; what does not asks only how many tokens its prompt
 *     has, goes past the waiting room and is answered with {@code {"input_tokens": n}}
 * @param framing how a streamed answer is cut into frames
 */
public record Dialect(String id, boolean occupies, Framing framing) {

    /** Stands first: the constants are checked with it. */
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]*(\\.[a-z0-9][a-z0-9-]*)?");

    public static final Dialect OPENAI_CHAT = new Dialect("openai.chat", true, Framing.SSE);
    public static final Dialect OPENAI_COMPLETIONS = new Dialect("openai.completions", true, Framing.SSE);
    public static final Dialect OPENAI_EMBEDDINGS = new Dialect("openai.embeddings", true, Framing.SSE);
    public static final Dialect OPENAI_RESPONSES = new Dialect("openai.responses", true, Framing.SSE);
    public static final Dialect OPENAI_RERANK = new Dialect("openai.rerank", true, Framing.SSE);
    public static final Dialect OPENAI_SCORE = new Dialect("openai.score", true, Framing.SSE);
    public static final Dialect ANTHROPIC_MESSAGES = new Dialect("anthropic.messages", true, Framing.SSE);
    public static final Dialect ANTHROPIC_COUNT_TOKENS = new Dialect("anthropic.count-tokens", false, Framing.SSE);
    public static final Dialect OLLAMA_CHAT = new Dialect("ollama.chat", true, Framing.NDJSON);
    public static final Dialect OLLAMA_GENERATE = new Dialect("ollama.generate", true, Framing.NDJSON);
    public static final Dialect OLLAMA_EMBED = new Dialect("ollama.embed", true, Framing.NDJSON);
    public static final Dialect OLLAMA_EMBEDDINGS = new Dialect("ollama.embeddings", true, Framing.NDJSON);
    public static final Dialect TASK = new Dialect("task", true, Framing.SSE);

    /** The dialects that have a constant here. */
    public static final List<Dialect> KNOWN = List.of(
            OPENAI_CHAT,
            OPENAI_COMPLETIONS,
            OPENAI_EMBEDDINGS,
            OPENAI_RESPONSES,
            OPENAI_RERANK,
            OPENAI_SCORE,
            ANTHROPIC_MESSAGES,
            ANTHROPIC_COUNT_TOKENS,
            OLLAMA_CHAT,
            OLLAMA_GENERATE,
            OLLAMA_EMBED,
            OLLAMA_EMBEDDINGS,
            TASK);

    public Dialect {
        requireNonNull(framing, "framing");
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("\"%s\" is not a dialect such as openai.chat".formatted(id));
        }
    }

    /** The part before the dot: whose error shapes and heartbeats the dialect has. */
    public String family() {
        int dot = id.indexOf('.');
        return dot < 0 ? id : id.substring(0, dot);
    }

    /** Like those of other records; these are written out, as a start needs them and Java would make them in each anew. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Dialect dialect
                && id.equals(dialect.id)
                && occupies == dialect.occupies
                && framing == dialect.framing;
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** The id. */
    @Override
    public String toString() {
        return id;
    }
}
