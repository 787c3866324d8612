package dev.signalbox.testkit;

import dev.signalbox.api.Dialect;
import dev.signalbox.testkit.Json.Verbatim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What mlx-vlm answers: FastAPI, whose only event loop stands still while a model is loaded. */
final class MlxVlm implements ScriptedMlx.Face {

    /** Members that have a type of their own, for which {@code null} is none. */
    private static final List<String> NEVER_NULL =
            List.of("model", "messages", "stream", "max_tokens", "temperature", "top_p", "top_k", "min_p", "seed");

    private static final int MOST_TOKENS = 256;

    private final ScriptedMlx mlx;
    private final Slots eventLoop = new Slots(1);
    private final ChatManner manner = new MlxManners.Vlm();
    private final MessagesManner messages = new MessagesManner();

    MlxVlm(ScriptedMlx mlx) {
        this.mlx = mlx;
    }

    @Override
    public Reply reply(ReceivedRequest request) {
        if (!eventLoop.take(mlx.server().stopped())) {
            return Reply.hangUp();
        }
        try {
            return inTheLoop(request).header("Server", "mlx_vlm/0.6.15");
        } finally {
            eventLoop.release();
        }
    }

    private Reply inTheLoop(ReceivedRequest request) {
        if (!mlx.isOpenTo(request)) {
            return detail(401, "Invalid API key").noGeneration();
        }
        return switch (request.method() + " " + request.path()) {
            case "GET /health" -> Reply.json(200, health());
            case "GET /metrics" -> Reply.json(200, metrics());
            case "GET /v1/models", "GET /models" -> Reply.json(200, models());
            case "POST /unload" -> unloaded().noGeneration();
            case "POST /v1/chat/completions", "POST /chat/completions" -> chat(request);
            case "POST /v1/messages", "POST /messages" -> message(request);
            case "POST /v1/responses", "POST /responses" -> respond(request);
            case "POST /v1/messages/count_tokens", "POST /messages/count_tokens" -> counted(request);
            case "POST /v1/embeddings" -> withModel(request, body -> Reply.json(200, Vectors.openai(body)));
            case "POST /v1/rerank" -> withModel(request, body -> Reply.json(200, ranked(body)));
            default -> detail(404, "Not Found").noGeneration();
        };
    }

    private String health() {
        Object loaded = mlx.loaded().<Object>map(name -> name).orElse(Json.NULL);
        Verbatim kinds = mlx.loaded()
                .map(name -> Json.object(
                        "text_generation",
                        Json.object("model", name, "adapter", Json.NULL, "model_kind", "text_generation")))
                .orElse(Json.object());
        Object trained = mlx.loaded().isPresent() ? 128_000 : Json.NULL;
        Object limit = mlx.contextLimit() > 0 ? mlx.contextLimit() : Json.NULL;
        return Json.object(
                        "status",
                        "healthy",
                        "loaded_model",
                        loaded,
                        "loaded_adapter",
                        Json.NULL,
                        "loaded_models",
                        kinds,
                        "loaded_context_size",
                        trained,
                        "configured_context_limit",
                        limit,
                        "effective_context_limit",
                        mlx.contextLimit() > 0 ? limit : trained,
                        "loaded_tool_parser",
                        Json.NULL,
                        "continuous_batching_enabled",
                        mlx.loaded().isPresent(),
                        "apc_enabled",
                        false)
                .json();
    }

    private static String metrics() {
        Verbatim server = Json.object(
                "request_queue_depth",
                0,
                "audio_queue_depth",
                0,
                "preload_failures",
                0,
                "apc",
                Json.object("enabled", false));
        return Json.object("server", server).json();
    }

    private String models() {
        List<Verbatim> data = mlx.models().stream()
                .map(name -> Json.object("id", name, "object", "model", "created", ChatManner.CREATED))
                .toList();
        return Json.object("object", "list", "data", data).json();
    }

    private Reply unloaded() {
        if (mlx.loaded().isEmpty()) {
            return Reply.json(200, "{\"status\":\"no_model_loaded\",\"message\":\"No model is currently loaded\"}");
        }
        Verbatim unloaded = Json.object("model_name", mlx.loaded().get(), "adapter_name", Json.NULL);
        mlx.unload();
        return Reply.json(
                200,
                Json.object("status", "success", "message", "Model unloaded successfully", "unloaded", unloaded)
                        .json());
    }

    private interface Answering {
        Reply to(Json body);
    }

    private Reply chat(ReceivedRequest request) {
        return withModel(request, body -> {
            if (body.at("/messages").isEmpty()) {
                return missing("messages");
            }
            Optional<Reply> tooLong = tooLong(body);
            if (tooLong.isPresent()) {
                return tooLong.get();
            }
            Said said = new Said(
                    mlx.answer(),
                    body.text("/model"),
                    mlx.nextId("chatcmpl-"),
                    body.flag("/stream_options/include_usage", false));
            return mlx.changed(body.flag("/stream", false) ? stream(said) : whole(said));
        });
    }

    private Reply message(ReceivedRequest request) {
        return anthropic(request, body -> {
            Said said = new Said(mlx.answer(), body.text("/model"), mlx.nextId("msg_"), true);
            return mlx.changed(body.flag("/stream", false) ? messageStream(said) : wholeMessage(said));
        });
    }

    private Reply counted(ReceivedRequest request) {
        return anthropic(
                request,
                body -> Reply.json(
                                200,
                                Json.object("input_tokens", ScriptedAnthropic.tokensOf(body))
                                        .json())
                        .noGeneration());
    }

    /** Errors have Anthropic's shape, and every answer an id. */
    private Reply anthropic(ReceivedRequest request, Answering answering) {
        return answered(request, answering).header("request-id", mlx.nextId("req_"));
    }

    private Reply answered(ReceivedRequest request, Answering answering) {
        Optional<Json> body = ScriptedRuntime.body(request);
        for (String member : List.of("model", "messages", "max_tokens")) {
            boolean optional = member.equals("max_tokens") && request.path().endsWith("/count_tokens");
            if (!optional && body.flatMap(read -> read.at("/" + member)).isEmpty()) {
                return anthropicError(400, member + ": Field required");
            }
        }
        if (mlx.refusal().isPresent()) {
            return anthropicError(
                    mlx.refusal().get().status(), mlx.refusal().get().message());
        }
        String model = body.orElseThrow().text("/model");
        return mlx.load(model)
                ? answering.to(body.orElseThrow())
                : anthropicError(404, "Model not found: '%s'".formatted(model));
    }

    private static Reply anthropicError(int status, String message) {
        return Reply.json(status, ErrorShape.ANTHROPIC.body(status, ScriptedAnthropic.typeOf(status), message))
                .noGeneration();
    }

    private Reply wholeMessage(Said said) {
        return mlx.breakMessage()
                .map(message -> anthropicError(500, "Generation failed: " + message))
                .orElseGet(() -> Reply.json(200, messages.whole(said)))
                .headWaitsFor(mlx.generation())
                .runsOn();
    }

    private Reply messageStream(Said said) {
        List<String> instead = mlx.breakMessage().map(messages::error).orElse(List.of());
        return ScriptedAnthropic.streamed(mlx.broken(messages.frames(said), instead))
                .pause(mlx.generation());
    }

    private Reply respond(ReceivedRequest request) {
        return withModel(request, body -> {
            Said said = new Said(mlx.answer(), body.text("/model"), mlx.nextId("resp_"), true);
            List<String> instead =
                    mlx.breakMessage().map(ResponsesManner::error).orElse(List.of());
            return mlx.changed(
                    body.flag("/stream", false)
                            ? ScriptedAnthropic.streamed(mlx.broken(ResponsesManner.frames(said), instead))
                            : Reply.json(200, ResponsesManner.whole(said)));
        });
    }

    private Reply withModel(ReceivedRequest request, Answering answering) {
        Optional<Json> read = ScriptedRuntime.body(request);
        if (read.isEmpty()) {
            return invalid("json_invalid", "JSON decode error", "body", 0);
        }
        Json body = read.get();
        for (String member : NEVER_NULL) {
            if (body.at("/" + member)
                    .filter(value -> value.raw().equals("null"))
                    .isPresent()) {
                return invalid("wrong_type", "Input should be a valid value", "body", member);
            }
        }
        if (body.text("/model").isEmpty()) {
            return missing("model");
        }
        if (mlx.refusal().isPresent()) {
            return detail(mlx.refusal().get().status(), mlx.refusal().get().message());
        }
        return mlx.load(body.text("/model"))
                ? answering.to(body)
                : detail(
                        404,
                        "Model not found: '%s' is not a known Hugging Face repo or local path"
                                .formatted(body.text("/model")));
    }

    private Optional<Reply> tooLong(Json body) {
        long prompt = TestRequest.of(Dialect.OPENAI_CHAT, body.raw()).approximateTokens();
        long needed = prompt + MOST_TOKENS;
        return mlx.contextLimit() == 0 || needed <= mlx.contextLimit()
                ? Optional.empty()
                : Optional.of(detail(
                        400,
                        "Request needs %d context tokens (%d prompt + %d max generation), but MAX_KV_SIZE is %d."
                                .formatted(needed, prompt, MOST_TOKENS, mlx.contextLimit())));
    }

    /** It is computed on a thread that does not hear of clients that leave. */
    private Reply whole(Said said) {
        return mlx.breakMessage()
                .map(message -> detail(500, "Generation failed: " + message))
                .orElseGet(() -> Reply.json(200, manner.whole(said)))
                .headWaitsFor(mlx.generation())
                .runsOn();
    }

    private Reply stream(Said said) {
        List<String> instead = mlx.breakMessage().stream()
                .map(message -> Json.object("error", message).json())
                .toList();
        List<String> all =
                Stream.concat(manner.events(said).stream(), Stream.of("[DONE]")).toList();
        List<String> frames =
                mlx.broken(all, instead).stream().map("data: %s\n\n"::formatted).toList();
        return Reply.stream("text/event-stream; charset=utf-8")
                .pause(mlx.generation())
                .chunks(frames);
    }

    private static String ranked(Json body) {
        List<Verbatim> results = new ArrayList<>();
        for (Json document : body.items("/documents")) {
            double score = document.raw().contains(body.text("/query")) ? 0.9 : 0.1;
            results.add(Json.object("index", results.size(), "relevance_score", score));
        }
        return Json.object("model", body.text("/model"), "results", results).json();
    }

    private static Reply missing(String member) {
        return invalid("missing", "Field required", "body", member);
    }

    private static Reply invalid(String type, String message, Object... place) {
        Verbatim problem = Json.object("type", type, "loc", List.of(place), "msg", message, "input", Json.object());
        return Reply.json(422, Json.object("detail", List.of(problem)).json());
    }

    private static Reply detail(int status, String text) {
        return Reply.json(status, ErrorShape.DETAIL.body(status, "", text));
    }
}
