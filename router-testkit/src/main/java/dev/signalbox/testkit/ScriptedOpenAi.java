package dev.signalbox.testkit;

import dev.signalbox.testkit.Json.Verbatim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A double of a server with OpenAI's API in one of its accents: chat, completions, embeddings, models, health, with the
 * errors and the habits of that runtime.
 */
public sealed class ScriptedOpenAi extends ScriptedRuntime permits ScriptedVllm {

    private static final String DONE = "[DONE]";

    private final Flavor flavor;
    private volatile List<String> models = List.of("test-model");
    private volatile Optional<String> key = Optional.empty();
    private volatile boolean older;

    ScriptedOpenAi(Flavor flavor) {
        this.flavor = flavor;
    }

    /** Starts one with OpenAI's own habits. */
    public static ScriptedOpenAi start() {
        return start(Flavor.OPENAI);
    }

    /** Starts one with the habits of that runtime. */
    public static ScriptedOpenAi start(Flavor flavor) {
        return new ScriptedOpenAi(flavor);
    }

    /** From now on it serves these models. */
    public ScriptedOpenAi serving(String... names) {
        models = List.of(names);
        return this;
    }

    /** From now on it wants this key as a bearer token. */
    public ScriptedOpenAi requiring(String apiKey) {
        key = Optional.of(apiKey);
        return this;
    }

    /** From now on it is LM Studio of before 0.4, which has neither Anthropic's API nor lists of its own. */
    public ScriptedOpenAi older() {
        older = true;
        return this;
    }

    @Override
    Reply reply(ReceivedRequest request) {
        String asked = request.method() + " " + request.path();
        if (request.path().startsWith("/v1/") && !isAllowed(request)) {
            return unauthorized();
        }
        return switch (asked) {
            case "GET /v1/models" -> Reply.json(200, list());
            case "POST /v1/chat/completions", "POST /v1/completions" -> changed(generate(request));
            case "POST /v1/embeddings" -> changed(embed(request));
            case "POST /v1/responses" -> changed(respond(request));
            case "POST /v1/messages" ->
                flavor == Flavor.LM_STUDIO && !older ? changed(message(request)) : unknown(request);
            case "GET /api/v1/models" ->
                flavor == Flavor.LM_STUDIO && !older ? Reply.json(200, "{\"models\":[]}") : unknown(request);
            case "GET /health" -> health(request);
            default -> unknown(request);
        };
    }

    private boolean isAllowed(ReceivedRequest request) {
        return key.isEmpty() || request.headers("authorization").contains("Bearer " + key.get());
    }

    private Reply unauthorized() {
        return switch (flavor) {
            case VLLM, SGLANG -> Reply.json(401, ErrorShape.TEXT.body(401, "", "Unauthorized"));
            case TGI -> Reply.status(401);
            case OPENAI, LM_STUDIO ->
                Reply.json(
                        401,
                        Json.object(
                                        "error",
                                        Json.object(
                                                "message", "The key is not known here.",
                                                "type", "invalid_request_error",
                                                "param", Json.NULL,
                                                "code", "invalid_api_key"))
                                .json());
        };
    }

    private Reply generate(ReceivedRequest request) {
        Optional<Json> read = body(request);
        if (read.isEmpty()) {
            return error(400, "The body is not JSON.");
        }
        Json body = read.get();
        boolean chat = request.path().endsWith("chat/completions");
        boolean streamed = body.flag("/stream", false);
        if (chat ? body.items("/messages").isEmpty() : body.at("/prompt").isEmpty()) {
            return error(400, "The member '%s' is missing.".formatted(chat ? "messages" : "prompt"));
        }
        if (!knows(body.text("/model"))) {
            return error(404, "The model `%s` does not exist.".formatted(body.text("/model")));
        }
        if (refusal().isPresent()) {
            return refused(refusal().get(), streamed);
        }
        Said said = new Said(
                answer(),
                signature(body.text("/model")),
                nextId(chat ? "chatcmpl-" : "cmpl-"),
                body.flag("/stream_options/include_usage", false));
        if (!streamed) {
            return Reply.json(200, chat ? flavor.manner().whole(said) : Completions.whole(said));
        }
        return stream(chat ? flavor.manner().events(said) : Completions.events(said));
    }

    /** What an answer says of itself which model gave it. */
    String signature(String asked) {
        return asked;
    }

    final List<String> models() {
        return models;
    }

    final boolean knows(String model) {
        boolean checks = flavor == Flavor.OPENAI || flavor == Flavor.VLLM;
        return !checks || offered().contains(model);
    }

    /** Every name under which a model can be asked. */
    List<String> offered() {
        return models;
    }

    private Reply respond(ReceivedRequest request) {
        Optional<Json> read = body(request);
        if (flavor == Flavor.TGI) {
            return unknown(request);
        }
        if (read.isEmpty() || read.get().at("/input").isEmpty()) {
            return error(400, "The member 'input' is missing.");
        }
        String model = read.get().text("/model");
        if (!knows(model)) {
            return error(404, "The model `%s` does not exist.".formatted(model));
        }
        if (refusal().isPresent()) {
            return error(refusal().get().status(), refusal().get().message());
        }
        Said said = new Said(answer(), signature(model), nextId("resp_"), true);
        return read.get().flag("/stream", false)
                ? ScriptedAnthropic.streamed(broken(
                        ResponsesManner.frames(said),
                        breakMessage().map(ResponsesManner::error).orElse(List.of())))
                : Reply.json(200, ResponsesManner.whole(said));
    }

    private Reply message(ReceivedRequest request) {
        Optional<Json> read = body(request);
        if (read.isEmpty() || read.get().items("/messages").isEmpty()) {
            return error(400, "The member 'messages' is missing.");
        }
        if (refusal().isPresent()) {
            return error(refusal().get().status(), refusal().get().message());
        }
        MessagesManner manner = new MessagesManner();
        Said said = new Said(answer(), read.get().text("/model"), nextId("msg_"), true);
        return read.get().flag("/stream", false)
                ? ScriptedAnthropic.streamed(broken(
                        manner.frames(said), breakMessage().map(manner::error).orElse(List.of())))
                : Reply.json(200, manner.whole(said));
    }

    private Reply stream(List<String> events) {
        List<String> instead = new ArrayList<>();
        breakMessage().ifPresent(message -> {
            instead.add(flavor.frameOf(500, message));
            if (flavor.marksEndOfFailure()) {
                instead.add(DONE);
            }
        });
        List<String> all = Stream.concat(events.stream(), Stream.of(DONE)).toList();
        return Reply.events(broken(all, instead).toArray(String[]::new));
    }

    private Reply embed(ReceivedRequest request) {
        if (refusal().isPresent()) {
            return refused(refusal().get(), false);
        }
        return body(request)
                .map(body -> Reply.json(200, Vectors.openai(body)))
                .orElseGet(() -> error(400, "The body is not JSON."));
    }

    private Reply refused(Refusal refusal, boolean streamed) {
        if (streamed && flavor.opensStreamBefore(refusal.status())) {
            return Reply.events(flavor.frameOf(refusal.status(), refusal.message()), DONE);
        }
        return error(refusal.status(), refusal.message());
    }

    final Reply error(int status, String message) {
        return Reply.json(status, flavor.errors().body(status, flavor.typeOf(status), message));
    }

    Reply health(ReceivedRequest request) {
        return switch (flavor) {
            case VLLM, SGLANG, TGI -> Reply.status(200);
            case OPENAI, LM_STUDIO -> unknown(request);
        };
    }

    Reply unknown(ReceivedRequest request) {
        String what = request.method() + " " + request.path();
        return flavor == Flavor.LM_STUDIO
                ? Reply.json(200, ErrorShape.TEXT.body(200, "", "Unexpected endpoint or method. (%s)".formatted(what)))
                : error(404, "Not Found");
    }

    private String list() {
        List<Verbatim> data = offered().stream().map(this::model).toList();
        return Json.object("object", "list", "data", data).json();
    }

    Verbatim model(String name) {
        Verbatim model = Json.object("id", name, "object", "model", "owned_by", flavor.owner());
        return switch (flavor) {
            case VLLM, SGLANG ->
                Json.joined(
                        model,
                        Json.object(
                                "created",
                                ChatManner.CREATED,
                                "root",
                                name,
                                "parent",
                                Json.NULL,
                                "max_model_len",
                                40960));
            case TGI -> Json.joined(model, Json.object("created", 0));
            case OPENAI -> Json.joined(model, Json.object("created", ChatManner.CREATED));
            case LM_STUDIO -> model;
        };
    }
}
