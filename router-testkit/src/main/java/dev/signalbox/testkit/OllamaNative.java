package dev.signalbox.testkit;

import dev.signalbox.testkit.Json.Verbatim;
import java.util.List;
import java.util.Optional;

/** Ollama's own API, behind {@code /api}. */
final class OllamaNative {

    private final ScriptedOllama ollama;
    private final OllamaShelf shelf;
    private final OllamaLines lines = new OllamaLines();

    OllamaNative(ScriptedOllama ollama, OllamaShelf shelf) {
        this.ollama = ollama;
        this.shelf = shelf;
    }

    Reply tags() {
        List<Verbatim> models = shelf.installed().stream().map(OllamaModel::tag).toList();
        return Reply.json(200, Json.object("models", OllamaShelf.orNull(models)).json());
    }

    Reply residents() {
        List<Verbatim> models = shelf.loaded().entrySet().stream()
                .flatMap(entry -> shelf.find(entry.getKey()).map(model -> model.resident(entry.getValue())).stream())
                .toList();
        return Reply.json(200, Json.object("models", models).json());
    }

    Reply show(Json body) {
        String name = body.text("/model").isEmpty() ? body.text("/name") : body.text("/model");
        return shelf.find(name)
                .map(model -> Reply.json(200, model.shown().json()))
                .orElseGet(() -> error(404, "model '%s' not found".formatted(name)))
                .noGeneration();
    }

    Reply embed(Json body) {
        List<Verbatim> vectors =
                Vectors.inputs(body).stream().map(Vectors::numbers).toList();
        String name = body.text("/model");
        return embedded(
                name,
                Json.object(
                        "model", name, "embeddings", vectors, "total_duration", 14_000_000, "prompt_eval_count", 8));
    }

    /** As it was asked for before. */
    Reply embedOne(Json body) {
        return embedded(body.text("/model"), Json.object("embedding", Vectors.numbers(body.text("/prompt"))));
    }

    private Reply embedded(String name, Verbatim reply) {
        return shelf.find(name)
                .map(model ->
                        ollama.changed(ollama.onceLoaded(model, Reply.json(200, reply.json()), OllamaNative::error)))
                .orElseGet(() -> error(404, "model \"%s\" not found, try pulling it first".formatted(name)));
    }

    Reply generate(Json body, boolean chat) {
        String name = body.text("/model");
        Optional<OllamaModel> model = shelf.find(name);
        if (model.isEmpty()) {
            return name.isEmpty()
                    ? error(400, "model is required")
                    : error(404, "model '%s' not found".formatted(name));
        }
        boolean asksNothing =
                chat ? body.items("/messages").isEmpty() : body.text("/prompt").isEmpty();
        return asksNothing ? load(body, model.get(), chat) : answer(body, model.get(), chat);
    }

    /** An empty request loads the model, or unloads it if it is not to be kept. */
    private Reply load(Json body, OllamaModel model, boolean chat) {
        boolean unload = body.at("/keep_alive")
                .filter(json -> json.raw().matches("0|\"0s?\""))
                .isPresent();
        Reply reply = Reply.json(
                        200,
                        lines.hollow(body.text("/model"), chat, unload ? "unload" : "load")
                                .json())
                .noGeneration();
        if (unload) {
            ollama.unload(model);
            return reply;
        }
        return ollama.onceLoaded(model, context(body), reply, OllamaNative::error);
    }

    private Reply answer(Json body, OllamaModel model, boolean chat) {
        Optional<String> unable = unable(body, model, chat);
        if (unable.isPresent()) {
            return error(400, "\"%s\" does not support %s".formatted(body.text("/model"), unable.get()));
        }
        return ollama.changed(ollama.refusal()
                .map(refusal -> error(refusal.status(), refusal.message()))
                .orElseGet(() -> ollama.onceLoaded(model, context(body), generated(body, chat), OllamaNative::error)));
    }

    private Reply generated(Json body, boolean chat) {
        Said said = new Said(ollama.answer(), body.text("/model"), "", true);
        if (!body.flag("/stream", true)) {
            return Reply.json(200, lines.whole(said, chat));
        }
        List<String> instead = ollama.breakMessage()
                .map(message -> List.of(Json.object("error", message).json()))
                .orElse(List.of());
        return Reply.lines(ollama.broken(lines.lines(said, chat), instead).toArray(String[]::new));
    }

    private static Optional<String> unable(Json body, OllamaModel model, boolean chat) {
        if (!model.can("completion")) {
            return Optional.of(chat ? "chat" : "generate");
        }
        if (!body.items("/tools").isEmpty() && !model.can("tools")) {
            return Optional.of("tools");
        }
        boolean thinks =
                body.at("/think").map(json -> !json.raw().equals("false")).orElse(false);
        return thinks && !model.can("thinking") ? Optional.of("thinking") : Optional.empty();
    }

    private static int context(Json body) {
        return body.at("/options/num_ctx")
                .map(json -> Integer.parseInt(json.raw()))
                .orElse(ScriptedOllama.CONTEXT);
    }

    static Reply error(int status, String message) {
        return Reply.json(status, ErrorShape.TEXT.body(status, "", message));
    }
}
