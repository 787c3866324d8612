package dev.signalbox.testkit;

import dev.signalbox.testkit.Json.Verbatim;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What mlx-omni-server answers, one request after the other: a generation holds its only event loop to the end. */
final class MlxOmni implements ScriptedMlx.Face {

    private static final Pattern TOOL = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

    private final ScriptedMlx mlx;
    private final Slots eventLoop = new Slots(1);
    private final ChatManner manner = new MlxManners.Omni();

    MlxOmni(ScriptedMlx mlx) {
        this.mlx = mlx;
    }

    /** Nobody leaves the line: whoever has gone by his turn is worked for all the same. */
    @Override
    public Reply reply(ReceivedRequest request) {
        if (!eventLoop.take(mlx.server().stopped())) {
            return Reply.hangUp();
        }
        return inTheLoop(request).header("Server", "uvicorn").whenOver(eventLoop::release);
    }

    private Reply inTheLoop(ReceivedRequest request) {
        return switch (request.method() + " " + request.path()) {
            case "GET /v1/models" -> Reply.json(200, models());
            case "GET /v1/cache" -> Reply.json(200, cache().json());
            case "POST /v1/cache/clear" -> cleared().noGeneration();
            case "POST /v1/chat/completions", "POST /chat/completions" -> chat(request);
            case "POST /v1/embeddings" ->
                ScriptedRuntime.body(request)
                        .map(body -> Reply.json(200, Vectors.openai(body)))
                        .orElseGet(() -> invalid("json_invalid", "JSON decode error", "body", 0));
            default ->
                Reply.json(404, ErrorShape.DETAIL.body(404, "", "Not Found")).noGeneration();
        };
    }

    private String models() {
        List<Verbatim> data = mlx.models().stream()
                .map(name -> Json.object(
                        "id",
                        name,
                        "object",
                        "model",
                        "created",
                        ChatManner.CREATED,
                        "owned_by",
                        name.contains("/") ? name.substring(0, name.indexOf('/')) : name))
                .toList();
        return Json.object("object", "list", "data", data).json();
    }

    private Verbatim cache() {
        List<String> keys = mlx.loaded().stream()
                .map("WrapperCacheKey(model_id='%s', adapter_path=None, draft_model_id=None)"::formatted)
                .toList();
        return Json.object(
                "cache_size",
                keys.size(),
                "max_size",
                1,
                "ttl_seconds",
                300,
                "cached_keys",
                keys,
                "lru_order",
                keys,
                "ttl_info",
                List.of());
    }

    private Reply cleared() {
        int count = mlx.loaded().isPresent() ? 1 : 0;
        mlx.unload();
        return Reply.json(
                200, Json.object("cleared_count", count, "cache_info", cache()).json());
    }

    private Reply chat(ReceivedRequest request) {
        Optional<Json> read = ScriptedRuntime.body(request);
        if (read.isEmpty()) {
            return invalid("json_invalid", "JSON decode error", "body", 0);
        }
        Json body = read.get();
        Optional<Reply> refused = refused(body);
        if (refused.isPresent()) {
            return refused.get();
        }
        boolean streamed = body.flag("/stream", false);
        if (mlx.refusal().isPresent()
                || (mlx.breakMessage().isPresent() && !streamed)
                || !mlx.load(body.text("/model"))) {
            return Reply.text(500, "Internal Server Error");
        }
        Said said = new Said(
                mlx.answer(),
                body.text("/model"),
                mlx.nextId("chatcmpl-"),
                body.flag("/stream_options/include_usage", false));
        return mlx.changed(streamed ? stream(said) : whole(said));
    }

    private static Optional<Reply> refused(Json body) {
        for (String member : List.of("model", "messages")) {
            if (body.at("/" + member).isEmpty()) {
                return Optional.of(invalid("missing", "Field required", "body", member));
            }
        }
        boolean flat = body.items("/messages").stream()
                .flatMap(message -> message.items("/content").stream())
                .allMatch(part -> part instanceof Json.Members members
                        && members.values().values().stream().allMatch(Json.Text.class::isInstance));
        if (!flat) {
            return Optional.of(invalid("string_type", "Input should be a valid string", "body", "messages"));
        }
        boolean named = body.items("/tools").stream()
                .allMatch(tool -> TOOL.matcher(tool.text("/function/name")).matches());
        return named
                ? Optional.empty()
                : Optional.of(invalid(
                        "string_pattern_mismatch",
                        "String should match pattern '^[a-zA-Z0-9_-]{1,64}$'",
                        "body",
                        "tools"));
    }

    private Reply whole(Said said) {
        return Reply.json(200, manner.whole(said))
                .headWaitsFor(mlx.generation())
                .runsOn();
    }

    /** A failure in the middle is the end of the connection, with the last chunk missing. */
    private Reply stream(Said said) {
        List<String> all =
                Stream.concat(manner.events(said).stream(), Stream.of("[DONE]")).toList();
        List<String> frames = mlx.broken(all, List.of()).stream()
                .map(event -> "data: " + PythonJson.spaced(event) + "\n\n")
                .toList();
        Reply stream = Reply.stream("text/event-stream; charset=utf-8")
                .header("Cache-Control", "no-cache")
                .pause(mlx.generation())
                .chunks(frames)
                .runsOn();
        return mlx.breakMessage().isPresent() ? stream.thenTruncates() : stream;
    }

    private static Reply invalid(String type, String message, Object... place) {
        Verbatim problem = Json.object("type", type, "loc", List.of(place), "msg", message, "input", Json.object());
        return Reply.json(422, Json.object("detail", List.of(problem)).json());
    }
}
