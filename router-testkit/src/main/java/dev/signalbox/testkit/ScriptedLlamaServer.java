package dev.signalbox.testkit;

import dev.signalbox.api.Dialect;
import dev.signalbox.testkit.Json.Verbatim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A double of llama.cpp's {@code llama-server} with one model, {@code tiny-model}, and four slots. It closes the
 * connection after every stream without saying so, and lets requests wait for a slot without a word.
 */
public final class ScriptedLlamaServer extends ScriptedRuntime {

    private final Slots slots = new Slots(4);
    private volatile String model = "tiny-model";
    private volatile int context = 4096;
    private volatile boolean loading;
    private volatile boolean embeds;
    private volatile boolean measures;
    private volatile int pings;
    private volatile Gate prefill = Gate.opened();
    private volatile Optional<String> key = Optional.empty();

    private ScriptedLlamaServer() {}

    /** Starts one that is ready. */
    public static ScriptedLlamaServer start() {
        return new ScriptedLlamaServer();
    }

    /** From now on it has that model, with so many tokens of context in each slot. */
    public ScriptedLlamaServer serving(String name, int contextTokens) {
        model = name;
        context = contextTokens;
        return this;
    }

    /** From now on it says on nearly every path that it is loading, or no longer. */
    public ScriptedLlamaServer loading(boolean now) {
        loading = now;
        return this;
    }

    /** From now on it answers so many requests at once; others wait. */
    public ScriptedLlamaServer slots(int count) {
        slots.places(count);
        return this;
    }

    /** As if started with {@code --embeddings}. */
    public ScriptedLlamaServer embedding() {
        embeds = true;
        return this;
    }

    /** As if started with {@code --metrics}. */
    public ScriptedLlamaServer measuring() {
        measures = true;
        return this;
    }

    /** As if started with {@code --api-key}. */
    public ScriptedLlamaServer requiring(String apiKey) {
        key = Optional.of(apiKey);
        return this;
    }

    /** From now on streams begin with so many comments. */
    public ScriptedLlamaServer pinging(int times) {
        pings = times;
        return this;
    }

    /** From now on streams pause until the gate is open, after head and comments and before any content. */
    public ScriptedLlamaServer prefillingFor(Gate gate) {
        prefill = gate;
        return this;
    }

    /** How many requests wait for a slot. */
    public int waiting() {
        return slots.waiting();
    }

    @Override
    Reply reply(ReceivedRequest request) {
        String path = request.path();
        if (path.equals("/")) {
            return error(404, "not_found_error", "File Not Found");
        }
        if (loading) {
            return error(503, "unavailable_error", "Loading model");
        }
        if (!path.endsWith("/health") && !isAllowed(request)) {
            return error(401, "authentication_error", "Invalid API Key");
        }
        return request.method().equals("GET") ? told(request) : answered(request);
    }

    private Reply told(ReceivedRequest request) {
        return switch (request.path()) {
            case "/health", "/v1/health" -> good("{\"status\":\"ok\"}");
            case "/models", "/v1/models" -> good(LlamaFacts.models(model, context));
            case "/props" -> good(LlamaFacts.properties(model, context, slots));
            case "/slots" ->
                request.target().contains("fail_on_no_slot=1") && slots.taken() >= slots.places()
                        ? error(503, "unavailable_error", "no slot available")
                        : good(LlamaFacts.slots(context, slots));
            case "/metrics" ->
                measures ? Reply.text(200, LlamaFacts.metrics(slots)) : unsupported("metrics endpoint", "--metrics");
            default -> error(404, "not_found_error", "File Not Found");
        };
    }

    private Reply answered(ReceivedRequest request) {
        Optional<Json> read = body(request);
        if (read.isEmpty()) {
            return error(500, "server_error", "[json.exception.parse_error.101] parse error at line 1, column 1");
        }
        Json body = read.get();
        return switch (request.path()) {
            case "/v1/chat/completions", "/chat/completions" ->
                body.at("/messages").isEmpty()
                        ? error(400, "invalid_request_error", "'messages' is required")
                        : generated(request, body, true);
            case "/v1/completions" -> generated(request, body, false);
            case "/v1/embeddings" ->
                embeds ? changed(good(Vectors.openai(body))) : unsupported("embeddings", "--embeddings");
            case "/tokenize" -> good(tokens(body.text("/content"))).noGeneration();
            case "/v1/messages/count_tokens", "/v1/chat/completions/input_tokens" ->
                good(Json.object("input_tokens", tokensOf(body)).json()).noGeneration();
            default -> error(404, "not_found_error", "File Not Found");
        };
    }

    private Reply generated(ReceivedRequest request, Json body, boolean chat) {
        if (tokensOf(body) > context) {
            return overflow(tokensOf(body));
        }
        if (refusal().isPresent()) {
            return changed(error(
                    refusal().get().status(), "server_error", refusal().get().message()));
        }
        if (!slots.take(ReplyWriter.either(request.left(), server().stopped()))) {
            return Reply.hangUp();
        }
        Said said = new Said(answer(), model, nextId("chatcmpl-"), body.flag("/stream_options/include_usage", false));
        if (body.flag("/stream", false)) {
            ChatManner manner = new ChatManners.LlamaServer();
            return changed(stream(chat ? manner.events(said) : Completions.events(said)))
                    .whenOver(slots::release);
        }
        String whole = chat ? new ChatManners.LlamaServer().whole(said) : Completions.whole(said);
        return changed(good(whole)).whenOver(slots::release);
    }

    /** The first two events come as one chunk, and so do the last two before the end mark. */
    private Reply stream(List<String> events) {
        List<String> instead = breakMessage()
                .map(message -> List.of(ErrorShape.NUMBERED.body(500, "server_error", message)))
                .orElse(List.of());
        List<String> all = new ArrayList<>(events);
        all.add("[DONE]");
        List<String> chunks = new ArrayList<>();
        for (String event : broken(all, instead)) {
            String frame = "data: " + event + "\n\n";
            if (chunks.size() == 1 && !chunks.getFirst().contains("\n\ndata")) {
                chunks.set(0, chunks.getFirst() + frame);
            } else {
                chunks.add(frame);
            }
        }
        Reply head = Reply.stream("text/event-stream")
                .header("Server", "llama.cpp")
                .header("X-Accel-Buffering", "no")
                .header("Keep-Alive", "timeout=5, max=100")
                .chunks(IntStream.range(0, pings).mapToObj(i -> ":\n\n").toList());
        return head.pause(prefill).chunks(chunks).thenCloses();
    }

    private boolean isAllowed(ReceivedRequest request) {
        return key.map(wanted -> request.headers("authorization").contains("Bearer " + wanted)
                        || request.headers("x-api-key").contains(wanted))
                .orElse(true);
    }

    private Reply overflow(long tokens) {
        String message = "request (%d tokens) exceeds the available context size (%d tokens), try increasing it"
                .formatted(tokens, context);
        return errorOf(
                400,
                Json.object(
                        "code", 400,
                        "message", message,
                        "type", "exceed_context_size_error",
                        "n_prompt_tokens", tokens,
                        "n_ctx", context));
    }

    private static long tokensOf(Json body) {
        return TestRequest.of(Dialect.OPENAI_CHAT, body.raw()).approximateTokens();
    }

    private static String tokens(String text) {
        Object[] numbers = IntStream.range(0, (text.length() + 3) / 4).boxed().toArray();
        return Json.object("tokens", List.of(numbers)).json();
    }

    private static Reply unsupported(String what, String flag) {
        return error(
                501,
                "not_supported_error",
                "This server does not support %s. Start it with `%s`".formatted(what, flag));
    }

    private static Reply good(String json) {
        return Reply.status(200)
                .header("Server", "llama.cpp")
                .header("Content-Type", "application/json; charset=utf-8")
                .header("Keep-Alive", "timeout=5, max=100")
                .chunk(json);
    }

    private static Reply error(int status, String type, String message) {
        return errorOf(status, Json.object("code", status, "message", message, "type", type));
    }

    private static Reply errorOf(int status, Verbatim error) {
        return Reply.json(status, Json.object("error", error).json())
                .header("Server", "llama.cpp")
                .header("Connection", "close");
    }
}
