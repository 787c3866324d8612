package dev.signalbox.backend.ollama;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.backend.http.Edits;
import dev.signalbox.backend.http.MessageEdits;
import dev.signalbox.spi.RequestView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a request of OpenAI's API needs before Ollama takes it, and what Ollama would ignore without a word. */
final class OpenAiEdits {

    /** Ignored members, and the values with which they ask for nothing that Ollama would not do anyway. */
    private static final Map<String, Set<String>> IGNORED = Map.of(
            "tool_choice", Set.of("\"auto\"", "\"none\""),
            "n", Set.of("1"),
            "best_of", Set.of("1"),
            "logit_bias", Set.of("{}"),
            "parallel_tool_calls", Set.of("true"),
            "verbosity", Set.of("\"medium\""));

    private OpenAiEdits() {}

    static List<Edit> of(RequestView request) {
        List<Edit> edits = new ArrayList<>(Edits.withoutNulls(request));
        if (request.dialect().equals(Dialect.OPENAI_CHAT)) {
            MessageEdits messages = MessageEdits.of(request);
            edits.addAll(messages.developerAsSystem());
            edits.addAll(messages.emptyForNull());
            edits.addAll(messages.reasoningByNewerName());
            edits.addAll(Edits.renamed(request, "max_completion_tokens", "max_tokens"));
        }
        if (!request.dialect().equals(Dialect.OPENAI_EMBEDDINGS)) {
            edits.addAll(Edits.uncalledTools(request));
            edits.addAll(Edits.ignored(request, IGNORED)); // no harm in them, but the client is told
        }
        return edits;
    }
}
