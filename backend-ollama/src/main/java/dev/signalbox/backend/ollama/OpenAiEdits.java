package dev.signalbox.backend.ollama;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.backend.http.Edits;
import dev.signalbox.backend.http.MessageEdits;
import dev.signalbox.spi.RequestView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a request of OpenAI's API needs before Ollama takes it, and what Ollama would ignore without a word. */
final class OpenAiEdits {

    /** Ignored members, and the values with which they ask for nothing that Ollama would not do anyway. */
    private static final Map<String, Set<String>> IGNORED = Map.of(
            "tool_choice", Set.of("\"auto\""),
            "n", Set.of("1"),
            "best_of", Set.of("1"),
            "logit_bias", Set.of("{}"),
            "parallel_tool_calls", Set.of("true"));

    private OpenAiEdits() {}

    static List<Edit> of(RequestView request) {
        List<Edit> edits = new ArrayList<>(Edits.withoutNulls(request));
        if (request.dialect().equals(Dialect.OPENAI_CHAT)) {
            MessageEdits messages = MessageEdits.of(request);
            edits.addAll(messages.developerAsSystem());
            edits.addAll(messages.emptyForNull());
            edits.addAll(Edits.renamed(request, "max_completion_tokens", "max_tokens"));
        }
        if (!request.dialect().equals(Dialect.OPENAI_EMBEDDINGS)) {
            edits.addAll(ignored(request));
        }
        return edits;
    }

    /** Taken out, though they would do no harm, so that the client is told. */
    private static List<Edit> ignored(RequestView request) {
        List<Edit> edits = new ArrayList<>();
        IGNORED.forEach((member, harmless) -> {
            String pointer = Edits.pointer(member);
            Optional<String> asked = request.raw(pointer);
            if (asked.filter(value -> !value.equals("null") && !harmless.contains(value))
                    .isPresent()) {
                edits.add(Edit.remove(pointer).dropping(member));
            }
        });
        return edits;
    }
}
