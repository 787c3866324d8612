package dev.signalbox.testkit;

import dev.signalbox.testkit.Json.Verbatim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Ollama's imitations of OpenAI's API and of Anthropic's, behind {@code /v1}: all ids are the same, and failures in streams
 * are lost.
 */
final class OllamaImitation {

    private static final String ID = "chatcmpl-417";

    private final ScriptedOllama ollama;
    private final OllamaShelf shelf;
    private final ChatManner manner = new ChatManners.Ollama();
    private final MessagesManner messages = new MessagesManners.Ollama();

    OllamaImitation(ScriptedOllama ollama, OllamaShelf shelf) {
        this.ollama = ollama;
        this.shelf = shelf;
    }

    Reply models() {
        List<Verbatim> models = shelf.installed().stream()
                .map(model -> Json.object(
                        "id", model.name(), "object", "model", "created", ChatManner.CREATED, "owned_by", "library"))
                .toList();
        return Reply.json(
                200,
                Json.object("object", "list", "data", OllamaShelf.orNull(models))
                        .json());
    }

    Reply chat(Json body) {
        Said said = said(body);
        return reply(
                body, body.flag("/stream", false) ? stream(manner.events(said)) : Reply.json(200, manner.whole(said)));
    }

    Reply complete(Json body) {
        Said said = said(body);
        return reply(
                body,
                body.flag("/stream", false)
                        ? stream(Completions.events(said))
                        : Reply.json(200, Completions.whole(said)));
    }

    Reply respond(Json body) {
        Said said = said(body);
        return reply(
                body,
                body.flag("/stream", false)
                        ? ScriptedAnthropic.streamed(ollama.broken(ResponsesManner.frames(said), List.of()))
                        : Reply.json(200, ResponsesManner.whole(said)));
    }

    Reply message(Json body) {
        if (body.at("/max_tokens").isEmpty()) {
            return anthropicError(400, "max_tokens is required and must be positive");
        }
        if (body.raw().contains("\"type\":\"url\"")) {
            return anthropicError(400, "invalid image source type: url. Only base64 images are supported.");
        }
        Said said = said(body);
        Reply good = body.flag("/stream", false)
                ? ScriptedAnthropic.streamed(ollama.broken(
                        messages.frames(said),
                        ollama.breakMessage().map(messages::error).orElse(List.of())))
                : Reply.json(200, messages.whole(said));
        return reply(body, good, OllamaImitation::anthropicError);
    }

    Reply embed(Json body) {
        return reply(body, Reply.json(200, Vectors.openai(body)));
    }

    private Reply reply(Json body, Reply good) {
        return reply(body, good, OllamaImitation::error);
    }

    private Reply reply(Json body, Reply good, ScriptedOllama.Failing failing) {
        Optional<OllamaModel> model = shelf.find(body.text("/model"));
        if (model.isEmpty()) {
            return failing.with(404, "model \"%s\" not found, try pulling it first".formatted(body.text("/model")));
        }
        return ollama.changed(ollama.refusal()
                .map(refusal -> failing.with(refusal.status(), refusal.message()))
                .orElseGet(() -> ollama.onceLoaded(model.get(), good, failing)));
    }

    private Said said(Json body) {
        return new Said(ollama.answer(), body.text("/model"), ID, body.flag("/stream_options/include_usage", false));
    }

    private Reply stream(List<String> events) {
        List<String> all = new ArrayList<>(events);
        all.add("[DONE]");
        return Reply.events(ollama.broken(all, List.of(hiddenFailure())).toArray(String[]::new));
    }

    /** All that is left of a failure in a stream. */
    private String hiddenFailure() {
        Verbatim delta = Json.object("role", "assistant", "content", "");
        Said nobody = new Said(ollama.answer(), "", ID, false);
        return manner.envelope(nobody, "chat.completion.chunk", List.of(manner.choice(delta, Json.NULL)))
                .json();
    }

    static Reply anthropicError(int status, String message) {
        return Reply.json(status, ErrorShape.ANTHROPIC.body(status, ScriptedAnthropic.typeOf(status), message));
    }

    static Reply error(int status, String message) {
        String type = switch (status) {
            case 400 -> "invalid_request_error";
            case 404 -> "not_found_error";
            default -> "api_error";
        };
        return Reply.json(status, ErrorShape.NESTED.body(status, type, message));
    }
}
