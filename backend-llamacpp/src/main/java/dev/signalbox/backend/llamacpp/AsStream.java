package dev.signalbox.backend.llamacpp;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.backend.http.Edits;
import dev.signalbox.spi.RequestView;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The edits by which an answer that is wanted whole is asked for as a stream: llama-server looks whether its client is
 * still there only while it streams.
 */
final class AsStream {

    /** Those whose streams do not tell tokens unasked. */
    private static final Set<Dialect> UNCOUNTED = Set.of(Dialect.OPENAI_CHAT, Dialect.OPENAI_COMPLETIONS);

    private static final Set<String> NOTHING = Set.of("null", "false", "0", "[]");

    private AsStream() {}

    static List<Edit> of(RequestView request) {
        if (request.streamed() || !Joining.OF.containsKey(request.dialect()) || isRefused(request)) {
            return List.of();
        }
        Edit stream = set(request, "stream", "true");
        return UNCOUNTED.contains(request.dialect())
                ? List.of(stream, set(request, "stream_options", "{\"include_usage\":true}"))
                : List.of(stream);
    }

    /** Tools together with probabilities are taken only if nothing is streamed. */
    private static boolean isRefused(RequestView request) {
        return wants(request, "tools") && (wants(request, "logprobs") || wants(request, "n_probs"));
    }

    private static boolean wants(RequestView request, String member) {
        Optional<String> value = request.raw(Edits.pointer(member));
        return value.filter(json -> !NOTHING.contains(json)).isPresent();
    }

    private static Edit set(RequestView request, String member, String json) {
        String pointer = Edits.pointer(member);
        return request.raw(pointer).isPresent() ? Edit.replace(pointer, json) : Edit.insert(pointer, json);
    }
}
