package dev.signalbox.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;

import dev.signalbox.testkit.Json.Verbatim;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What mlx_lm.server answers: Python's plain HTTP server, with a thread for each connection. */
final class MlxLm implements ScriptedMlx.Face {

    private static final Pattern FLAG = Pattern.compile("true|false");
    private static final Pattern COUNT = Pattern.compile("\\d+");
    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?([eE][+-]?\\d+)?");
    private static final Pattern SIGNED = Pattern.compile("-?" + NUMBER.pattern());
    private static final Pattern FLOAT = Pattern.compile("\\d+\\.\\d+");
    private static final Pattern TEXT = Pattern.compile("\".*\"", Pattern.DOTALL);
    private static final Pattern TABLE = Pattern.compile("\\{.*}", Pattern.DOTALL);

    /** What it looks at, and what that must be; otherwise the connection ends without a word. */
    private static final Map<String, Pattern> TYPES = Map.ofEntries(
            entry("stream", FLAG),
            entry("model", TEXT),
            entry("draft_model", TEXT),
            entry("adapters", TEXT),
            entry("max_tokens", COUNT),
            entry("max_completion_tokens", COUNT),
            entry("num_draft_tokens", COUNT),
            entry("repetition_context_size", COUNT),
            entry("top_k", COUNT),
            entry("seed", Pattern.compile("-?\\d+")),
            entry("temperature", NUMBER),
            entry("top_p", NUMBER),
            entry("min_p", NUMBER),
            entry("repetition_penalty", NUMBER),
            entry("presence_penalty", SIGNED),
            entry("frequency_penalty", SIGNED),
            entry("xtc_probability", FLOAT),
            entry("xtc_threshold", FLOAT),
            entry("logprobs", FLAG),
            entry("top_logprobs", Pattern.compile("-1|[1-9]|10|11")),
            entry("logit_bias", TABLE),
            entry("stream_options", TABLE));

    private static final Set<String> MAY_BE_NULL = Set.of("seed", "adapters", "logit_bias", "max_completion_tokens");

    private final ScriptedMlx mlx;
    private final MlxManners.Lm manner = new MlxManners.Lm();

    MlxLm(ScriptedMlx mlx) {
        this.mlx = mlx;
    }

    @Override
    public Reply reply(ReceivedRequest request) {
        return switch (request.method()) {
            case "GET" -> told(request.target());
            case "POST" -> answered(request);
            case "OPTIONS" -> head(204, "application/json");
            default ->
                Reply.status(501)
                        .http10()
                        .header("Server", "BaseHTTP/0.6 Python/3.11.7")
                        .header("Connection", "close")
                        .header("Content-Type", "text/html;charset=utf-8")
                        .chunk("<!DOCTYPE HTML>\n<p>Message: Unsupported method.</p>\n");
        };
    }

    /** Paths are compared as they stand, query included. */
    private Reply told(String target) {
        if (target.startsWith("/v1/models")) {
            return json(200, models(target));
        }
        return target.equals("/health") ? json(200, "{\"status\": \"ok\"}") : json(404, "Not Found");
    }

    /** All, or the one that is named behind the path, as a list too. */
    private String models(String target) {
        String named = target.startsWith("/v1/models/") ? target.substring("/v1/models/".length()) : "";
        List<Verbatim> data = mlx.models().stream()
                .filter(name -> named.isEmpty() || name.equals(named))
                .map(name -> Json.object("id", name, "object", "model", "created", ChatManner.CREATED))
                .toList();
        return PythonJson.of(Json.object("object", "list", "data", data));
    }

    private Reply answered(ReceivedRequest request) {
        Optional<Json> body = ScriptedRuntime.body(request);
        return switch (request.target()) {
            case "/v1/chat/completions", "/chat/completions", "/v1/completions" -> {
                if (request.header("content-length").isEmpty()) {
                    yield error(411, "Content-Length header is required").noGeneration();
                }
                if (body.isEmpty()) {
                    yield error(400, "Invalid JSON in request body: Expecting value: line 1 column 1 (char 0)");
                }
                yield body.get() instanceof Json.Members members
                        ? generated(request, members)
                        : error(400, "Request should be a JSON dictionary");
            }
            default -> json(404, "Not Found").noGeneration();
        };
    }

    private Reply generated(ReceivedRequest request, Json.Members body) {
        boolean chat = request.target().endsWith("/chat/completions");
        if (!isAccepted(body) || body.at(chat ? "/messages" : "/prompt").isEmpty()) {
            return Reply.hangUp();
        }
        if (mlx.isDead()) {
            return Reply.stall();
        }
        Optional<Reply> failure = failureBefore(body);
        if (failure.isPresent()) {
            return failure.get();
        }
        boolean usage = body.flag("/stream_options/include_usage", false);
        Said said = new Said(mlx.answer(), modelOf(body), mlx.nextId(chat ? "chatcmpl-" : "cmpl-"), usage);
        return mlx.changed(body.flag("/stream", false) ? stream(said, body, chat) : whole(said, chat));
    }

    /** Whatever fails before the first token is told as 404, be it a lack of memory. */
    private Optional<Reply> failureBefore(Json.Members body) {
        if (mlx.refusal().isPresent()) {
            return Optional.of(
                    error(mlx.refusal().get().status(), mlx.refusal().get().message()));
        }
        if (!mlx.load(resolved(body, "model"))
                || (named(body, "draft_model") && !mlx.load(resolved(body, "draft_model")))) {
            return Optional.of(error(404, "Repo id must be ... '%s' not found".formatted(resolved(body, "model"))));
        }
        boolean onlyText = body.items("/messages").stream()
                .flatMap(message -> message.items("/content").stream())
                .allMatch(part -> part.text("/type").equals("text"));
        return onlyText ? Optional.empty() : Optional.of(error(404, "Only 'text' content type is supported."));
    }

    private static boolean named(Json.Members body, String member) {
        return !body.text("/" + member).isEmpty() && !body.text("/" + member).equals("default_model");
    }

    private String resolved(Json.Members body, String member) {
        return named(body, member) ? body.text("/" + member) : mlx.models().getFirst();
    }

    /** The name is repeated as it was asked for. */
    private static String modelOf(Json.Members body) {
        String model = body.text("/model");
        return model.isEmpty() ? "default_model" : model;
    }

    private static boolean isAccepted(Json.Members body) {
        return body.values().entrySet().stream().allMatch(member -> {
            String value = member.getValue().raw();
            Pattern type = TYPES.get(member.getKey());
            boolean nothing = value.equals("null") && MAY_BE_NULL.contains(member.getKey());
            return type == null || nothing || type.matcher(value).matches();
        });
    }

    private Reply whole(Said said, boolean chat) {
        if (mlx.breakMessage().isPresent()) {
            return Reply.hangUp();
        }
        String body = PythonJson.spaced(chat ? manner.whole(said) : manner.wholeText(said));
        return head(200, "application/json")
                .header("Content-Length", Integer.toString(body.getBytes(UTF_8).length))
                .headWaitsFor(mlx.generation())
                .runsOn()
                .chunk(body);
    }

    private Reply stream(Said said, Json.Members body, boolean chat) {
        List<String> events = new ArrayList<>(chat ? manner.events(said) : manner.textEvents(said));
        boolean odd = body.at("/stream_options").isPresent()
                && body.at("/stream_options/include_usage").isEmpty();
        if (!odd) {
            events.add("[DONE]");
        }
        List<String> comments = IntStream.rangeClosed(1, mlx.keepalives())
                .mapToObj(i -> ": keepalive %d/%d\n\n".formatted(i * 100, mlx.keepalives() * 100))
                .toList();
        List<String> frames = mlx.broken(events, List.of()).stream()
                .map(event -> "data: " + PythonJson.spaced(event) + "\n\n")
                .toList();
        return head(200, "text/event-stream")
                .header("Cache-Control", "no-cache")
                .chunks(comments)
                .pause(mlx.generation())
                .runsOn()
                .chunks(frames);
    }

    private static Reply error(int status, String message) {
        return json(status, PythonJson.of(Json.object("error", message)));
    }

    private static Reply json(int status, String body) {
        return head(status, "application/json").chunk(body);
    }

    private static Reply head(int status, String contentType) {
        return Reply.status(status)
                .http10()
                .header("Server", "BaseHTTP/0.6 Python/3.11.7")
                .header("Date", "Sat, 21 Nov 2026 00:52:37 GMT")
                .header("Content-type", contentType)
                .header("Access-Control-Allow-Origin", "*")
                .header("Access-Control-Allow-Methods", "*")
                .header("Access-Control-Allow-Headers", "*");
    }
}
