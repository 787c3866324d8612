package dev.signalbox.testkit;

import static dev.signalbox.testkit.LlamaReplies.error;
import static dev.signalbox.testkit.LlamaReplies.good;
import static dev.signalbox.testkit.LlamaReplies.nothingHere;
import static dev.signalbox.testkit.LlamaReplies.rejected;
import static dev.signalbox.testkit.LlamaReplies.unsupported;

import dev.signalbox.api.Dialect;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** What a process that has a model answers. Any thread may change its ways. */
final class LlamaProcess {

    private static final String CHILD_DIED = "proxy error: Failed to read connection";

    private final ScriptedLlamaServer server;
    private volatile boolean embeds;
    private volatile boolean ranks;
    private volatile boolean measures;
    private volatile boolean tellsSlots = true;
    private volatile boolean sees;
    private volatile boolean asleep;
    private volatile int pings;
    private volatile Gate prefill = Gate.opened();
    private volatile OptionalInt dying = OptionalInt.empty();

    LlamaProcess(ScriptedLlamaServer server) {
        this.server = server;
    }

    void embeds() {
        embeds = true;
    }

    void ranks() {
        ranks = true;
    }

    void measures() {
        measures = true;
    }

    void hidesSlots() {
        tellsSlots = false;
    }

    void sees() {
        sees = true;
    }

    void asleep(boolean now) {
        asleep = now;
    }

    boolean asleep() {
        return asleep;
    }

    void pings(int times) {
        pings = times;
    }

    void prefillsFor(Gate gate) {
        prefill = gate;
    }

    void diesAfter(int events) {
        dying = OptionalInt.of(events);
    }

    Reply reply(ReceivedRequest request, LlamaChild child) {
        return request.method().equals("GET") ? told(request, child) : answered(request, child);
    }

    private Reply told(ReceivedRequest request, LlamaChild child) {
        return switch (request.path()) {
            case "/health", "/v1/health" -> good("{\"status\":\"ok\"}");
            case "/models", "/v1/models" -> good(LlamaFacts.models(child));
            case "/props" ->
                good(LlamaFacts.properties(child, new LlamaFacts.Traits(measures, tellsSlots, sees, asleep)));
            case "/slots" -> slots(request, child);
            case "/metrics" ->
                measures
                        ? Reply.text(200, LlamaFacts.metrics(child.slots()))
                        : unsupported("metrics endpoint", "--metrics");
            default -> nothingHere();
        };
    }

    private Reply slots(ReceivedRequest request, LlamaChild child) {
        if (!tellsSlots) {
            return unsupported("slots endpoint", "--slots");
        }
        asleep = false; // unlike all else that it tells of itself
        boolean full = child.slots().taken() >= child.slots().places();
        return full && request.target().contains("fail_on_no_slot=1")
                ? error(503, "unavailable_error", "no slot available")
                : good(LlamaFacts.slots(child));
    }

    private Reply answered(ReceivedRequest request, LlamaChild child) {
        asleep = false;
        Optional<Json> read = ScriptedRuntime.body(request);
        if (read.isEmpty()) {
            return error(500, "server_error", "[json.exception.parse_error.101] parse error at line 1, column 1");
        }
        Json body = read.get();
        return switch (request.path()) {
            case "/v1/chat/completions", "/chat/completions" ->
                body.at("/messages").isEmpty()
                        ? rejected("'messages' is required")
                        : generated(request, body, child, LlamaVoice.CHAT);
            case "/v1/responses" ->
                body.at("/input").isEmpty()
                        ? rejected("'input' is required")
                        : generated(request, body, child, LlamaVoice.RESPONSES);
            case "/v1/messages" ->
                body.at("/messages").isEmpty()
                        ? error(500, "server_error", "'messages' is required")
                        : generated(request, body, child, LlamaVoice.MESSAGES);
            case "/v1/completions" -> generated(request, body, child, LlamaVoice.COMPLETIONS);
            case "/v1/embeddings" ->
                embeds ? server.changed(good(Vectors.openai(body))) : unsupported("embeddings", "--embeddings");
            case "/v1/rerank", "/rerank", "/v1/reranking", "/reranking" ->
                ranks ? server.changed(good(LlamaFacts.ranking(body))) : unsupported("reranking", "--reranking");
            case "/tokenize" -> good(tokens(body.text("/content"))).noGeneration();
            case "/apply-template" -> good(templated(body)).noGeneration();
            case "/v1/messages/count_tokens", "/v1/chat/completions/input_tokens" ->
                good(Json.object("input_tokens", tokensOf(body)).json()).noGeneration();
            default -> nothingHere();
        };
    }

    private Reply generated(ReceivedRequest request, Json body, LlamaChild child, LlamaVoice voice) {
        if (tokensOf(body) > child.context()) {
            return overflow(tokensOf(body), child.context());
        }
        if (server.refusal().isPresent()) {
            ScriptedRuntime.Refusal refusal = server.refusal().get();
            return server.changed(error(refusal.status(), "server_error", refusal.message()));
        }
        if (!child.slots()
                .take(ReplyWriter.either(request.left(), server.server().stopped()))) {
            return Reply.hangUp();
        }
        boolean usage = body.flag("/stream_options/include_usage", false);
        Said said = new Said(server.answer(), child.name(), server.nextId("chatcmpl-"), usage);
        return body.flag("/stream", false)
                ? server.changed(stream(voice.frames(said), voice)).whenOver(() -> streamIsOver(child))
                : server.changed(good(voice.whole(said)).headWaitsFor(prefill).runsOn())
                        .whenOver(child.slots()::release);
    }

    private Reply stream(List<String> events, LlamaVoice voice) {
        List<String> instead = server.breakMessage().map(voice::error).orElse(List.of());
        Reply head = Reply.stream("text/event-stream")
                .header("Server", "llama.cpp")
                .header("X-Accel-Buffering", "no")
                .header("Keep-Alive", "timeout=5, max=100")
                .chunks(IntStream.range(0, pings).mapToObj(i -> ":\n\n").toList())
                .pause(prefill);
        if (dying.isPresent()) {
            List<String> before = events.subList(0, Math.min(dying.getAsInt(), events.size()));
            return head.chunks(LlamaVoice.chunks(before)).chunk(CHILD_DIED).thenCloses();
        }
        return head.chunks(LlamaVoice.chunks(server.broken(events, instead))).thenCloses();
    }

    private void streamIsOver(LlamaChild child) {
        child.slots().release();
        if (dying.isPresent()) {
            server.crashes(child.name());
        }
    }

    private static Reply overflow(long tokens, int context) {
        String message = "request (%d tokens) exceeds the available context size (%d tokens), try increasing it"
                .formatted(tokens, context);
        return LlamaReplies.errorOf(
                400,
                Json.object(
                        "code", 400,
                        "message", message,
                        "type", "exceed_context_size_error",
                        "n_prompt_tokens", tokens,
                        "n_ctx", context));
    }

    private static long tokensOf(Json body) {
        return Math.max(1, TestRequest.of(Dialect.OPENAI_CHAT, body.raw()).approximateTokens());
    }

    private static String tokens(String text) {
        Object[] numbers = IntStream.range(0, (text.length() + 3) / 4).boxed().toArray();
        return Json.object("tokens", List.of(numbers)).json();
    }

    private static String templated(Json body) {
        StringBuilder prompt = new StringBuilder();
        for (Json message : body.items("/messages")) {
            prompt.append("<|im_start|>%s\n%s<|im_end|>\n".formatted(message.text("/role"), message.text("/content")));
        }
        return Json.object("prompt", prompt.append("<|im_start|>assistant\n").toString())
                .json();
    }
}
