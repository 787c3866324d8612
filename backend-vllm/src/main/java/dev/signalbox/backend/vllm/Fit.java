package dev.signalbox.backend.vllm;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.backend.http.Edits;
import dev.signalbox.spi.RequestView;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Lowers what a client wants to get at most to what is left beside its prompt: vLLM answers no request whose prompt and
 * limit together exceed the context, though its model would have stopped long before.
 */
final class Fit {

    /** Below this there is no answer worth having: whether the prompt itself fits is for vLLM to say. */
    private static final long LEAST = 256;

    private static final Set<Dialect> LIMITED =
            Set.of(Dialect.OPENAI_CHAT, Dialect.OPENAI_COMPLETIONS, Dialect.ANTHROPIC_MESSAGES);
    private static final List<String> MEMBERS = List.of("max_tokens", "max_completion_tokens");

    private Fit() {}

    /** The edits that make a request fit; none if it does, or if its prompt alone nearly fills the context. */
    static List<Edit> edits(RequestView request, OptionalLong context) {
        if (!LIMITED.contains(request.dialect())
                || context.isEmpty()
                || request.maxTokens().isEmpty()) {
            return List.of();
        }
        long left = context.getAsLong() - withMargin(request.approximateTokens());
        if (left < LEAST) {
            return List.of();
        }
        List<Edit> edits = new ArrayList<>();
        for (String member : MEMBERS) {
            if (asked(request, member) > left) {
                edits.add(
                        Edit.replace(Edits.pointer(member), Long.toString(left)).dropping(member));
            }
        }
        return edits;
    }

    /** The estimate may be a fifth too low, so that a quarter is missing, and it knows nothing of the template. */
    private static long withMargin(long tokens) {
        return tokens + tokens / 4 + 64;
    }

    private static long asked(RequestView request, String member) {
        return request.raw(Edits.pointer(member))
                .filter(number -> number.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .orElse(0L);
    }
}
