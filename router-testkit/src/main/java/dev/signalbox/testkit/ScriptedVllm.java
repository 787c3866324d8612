package dev.signalbox.testkit;

import dev.signalbox.api.Dialect;
import dev.signalbox.testkit.Json.Verbatim;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A double of vLLM: what OpenAI's API has, and health, version, metrics, tokens, and sleep if it was started with it. Its
 * engine is as easily killed as the real one: by a request while it sleeps, and by being put to sleep while it answers.
 */
public final class ScriptedVllm extends ScriptedOpenAi {

    /** What a model is for, which decides what routes there are. */
    public enum Task {
        /** Chats and completes. */
        GENERATE,
        /** Makes vectors and ranks. */
        POOLING
    }

    private static final MessagesManner MESSAGES = new MessagesManners.Vllm();
    private static final String DEAD = "EngineCore encountered an issue. See stack trace (above) for the root cause.";

    private volatile VllmFacts facts = VllmFacts.usual();
    private volatile List<String> adapters = List.of();
    private volatile Task task = Task.GENERATE;
    private volatile boolean sleeps;
    private volatile boolean asleep;
    private volatile boolean dead;
    private volatile Gate turning = Gate.opened();

    private ScriptedVllm() {
        super(Flavor.VLLM);
    }

    /** Starts one that has loaded its model, {@code test-model}. */
    public static ScriptedVllm start() {
        return new ScriptedVllm();
    }

    @Override
    public ScriptedVllm serving(String... names) {
        super.serving(names);
        return this;
    }

    @Override
    public ScriptedVllm requiring(String apiKey) {
        super.requiring(apiKey);
        return this;
    }

    /** From now on so many tokens of prompt and answer fit. */
    public ScriptedVllm context(int tokens) {
        facts = facts.context(tokens);
        return this;
    }

    /** From now on it lists these adapters of its first model as well. */
    public ScriptedVllm adapting(String... names) {
        adapters = List.of(names);
        return this;
    }

    /** From now on its model is for that. */
    public ScriptedVllm doing(Task what) {
        task = what;
        return this;
    }

    /** From now on it says that it is this version. */
    public ScriptedVllm version(String now) {
        facts = facts.version(now);
        return this;
    }

    /** From now on its metrics have the names of before autumn 2025. */
    public ScriptedVllm measuringAsOnce() {
        facts = facts.old();
        return this;
    }

    /** From now on so many requests wait in its own queue, and its cache is used by so much of 1. */
    public ScriptedVllm busy(int waiting, double cache) {
        facts = facts.busy(waiting, cache);
        return this;
    }

    /** As if started with {@code --disable-fastapi-docs}: it does not tell its routes. */
    public ScriptedVllm hidingRoutes() {
        facts = facts.hiding();
        return this;
    }

    /** As if started with {@code VLLM_SERVER_DEV_MODE=1} and {@code --enable-sleep-mode}. */
    public ScriptedVllm sleepable() {
        sleeps = true;
        return this;
    }

    /** Falls asleep, or wakes up, by itself. */
    public ScriptedVllm asleep(boolean now) {
        asleep = now;
        return this;
    }

    /** Whether it sleeps. */
    public boolean isAsleep() {
        return asleep;
    }

    /** From now on falling asleep and waking up are promised at once and done when the gate opens. */
    public ScriptedVllm turningFor(Gate gate) {
        turning = gate;
        return this;
    }

    /** From now on its engine is dead: requests fail with 500, health with 503. The real one then ends itself. */
    public void dies() {
        dead = true;
        refuses(500, DEAD);
    }

    /** Whether its engine is dead. */
    public boolean isDead() {
        return dead;
    }

    @Override
    Reply reply(ReceivedRequest request) {
        return switch (request.method() + " " + request.path()) {
            case "GET /version" ->
                Reply.json(200, Json.object("version", facts.version()).json());
            case "GET /metrics" -> Reply.text(200, facts.metrics(models().getFirst(), server().running()));
            case "GET /openapi.json" ->
                facts.hidden() ? unknown(request) : Reply.json(200, VllmFacts.routes(task, sleeps));
            case "POST /tokenize" -> tokenized(request).noGeneration();
            case "GET /is_sleeping" ->
                sleeps ? Reply.json(200, Json.object("is_sleeping", asleep).json()) : unknown(request);
            case "POST /sleep", "POST /wake_up" ->
                (sleeps ? turned(request.path().equals("/sleep")) : unknown(request)).noGeneration();
            case "POST /v1/chat/completions", "POST /v1/completions" ->
                task == Task.GENERATE ? generated(request) : unknown(request).noGeneration();
            case "POST /v1/responses" ->
                task == Task.GENERATE ? super.reply(request) : unknown(request).noGeneration();
            case "POST /v1/embeddings" ->
                task == Task.POOLING ? super.reply(request) : unknown(request).noGeneration();
            case "POST /v1/rerank" ->
                task == Task.POOLING
                        ? pooled(request, VllmFacts::ranking)
                        : unknown(request).noGeneration();
            case "POST /v1/score" ->
                task == Task.POOLING
                        ? pooled(request, VllmFacts::scores)
                        : unknown(request).noGeneration();
            case "POST /v1/messages" ->
                task == Task.GENERATE ? messages(request) : unknown(request).noGeneration();
            case "POST /v1/messages/count_tokens" -> counted(request).noGeneration();
            default -> super.reply(request);
        };
    }

    private Reply generated(ReceivedRequest request) {
        if (asleep) {
            dies();
        }
        return overflow(request)
                .filter(tooLong -> !dead)
                .map(Reply::noGeneration)
                .orElseGet(() -> super.reply(request));
    }

    private Reply pooled(ReceivedRequest request, Function<Json, String> answer) {
        return body(request)
                .map(body -> changed(Reply.json(200, answer.apply(body))))
                .orElseGet(() -> error(400, "The body is not JSON."));
    }

    private Reply messages(ReceivedRequest request) {
        Optional<Json> read = body(request);
        if (read.isEmpty() || read.get().items("/messages").isEmpty()) {
            return error(400, "1 validation error: Field required"); // of the schema, so in OpenAI's shape
        }
        Json body = read.get();
        if (!knows(body.text("/model"))) {
            return refused(404, "The model `%s` does not exist.".formatted(body.text("/model")));
        }
        if (asleep) {
            dies();
        }
        if (refusal().isPresent()) {
            return changed(refused(refusal().get().status(), refusal().get().message()));
        }
        Said said = new Said(answer(), signature(body.text("/model")), nextId("chatcmpl-"), true);
        return changed(
                body.flag("/stream", false)
                        ? ScriptedAnthropic.streamed(broken(
                                MESSAGES.frames(said),
                                breakMessage().map(MESSAGES::error).orElse(List.of())))
                        : Reply.json(200, MESSAGES.whole(said)));
    }

    private Reply counted(ReceivedRequest request) {
        return body(request)
                .filter(body ->
                        task == Task.GENERATE && !body.items("/messages").isEmpty())
                .map(body -> Reply.json(
                        200,
                        Json.object("input_tokens", ScriptedAnthropic.tokensOf(body))
                                .json()))
                .orElseGet(() -> unknown(request));
    }

    /** In Anthropic's envelope, with vLLM's own words for the type. */
    private static Reply refused(int status, String message) {
        return Reply.json(status, ErrorShape.ANTHROPIC.body(status, Flavor.VLLM.typeOf(status), message));
    }

    private Reply turned(boolean toSleep) {
        if (toSleep && server().running() > 0) {
            dies();
        }
        Gate gate = turning;
        if (gate.isOpen()) {
            asleep = toSleep;
        } else {
            Thread.ofVirtual().start(() -> {
                CompletableFuture<Void> end = server().stopped();
                asleep = gate.pass(end) == toSleep;
            });
        }
        return Reply.status(200);
    }

    private Optional<Reply> overflow(ReceivedRequest request) {
        return body(request).flatMap(body -> {
            long prompt = tokensOf(body, request.path());
            OptionalLong asked = maxTokens(body);
            long wanted = prompt + asked.orElse(1);
            return wanted <= facts.context()
                    ? Optional.empty()
                    : Optional.of(Reply.json(400, VllmFacts.overflow(facts.context(), prompt, asked.orElse(1))));
        });
    }

    private static OptionalLong maxTokens(Json body) {
        return body.at("/max_completion_tokens").or(() -> body.at("/max_tokens")).map(Json::raw).stream()
                .filter(number -> number.matches("\\d{1,18}"))
                .mapToLong(Long::parseLong)
                .findFirst();
    }

    private Reply tokenized(ReceivedRequest request) {
        Optional<Json> body = body(request);
        if (body.isEmpty()
                || (body.get().at("/messages").isEmpty()
                        && body.get().at("/prompt").isEmpty())) {
            return error(400, "1 validation error: Field required");
        }
        if (!knows(body.get().text("/model"))) {
            return error(
                    404, "The model `%s` does not exist.".formatted(body.get().text("/model")));
        }
        long count = tokensOf(body.get(), request.path());
        Object[] tokens = IntStream.range(0, (int) count).boxed().toArray();
        return Reply.json(
                200,
                Json.object(
                                "count",
                                count,
                                "max_model_len",
                                facts.context(),
                                "tokens",
                                Arrays.asList(tokens),
                                "token_strs",
                                Json.NULL)
                        .json());
    }

    private static long tokensOf(Json body, String path) {
        Dialect dialect = body.at("/messages").isPresent() || path.endsWith("chat/completions")
                ? Dialect.OPENAI_CHAT
                : Dialect.OPENAI_COMPLETIONS;
        return Math.max(1, TestRequest.of(dialect, body.raw()).approximateTokens());
    }

    @Override
    Reply health(ReceivedRequest request) {
        return Reply.status(dead ? 503 : 200);
    }

    @Override
    Reply unknown(ReceivedRequest request) {
        return Reply.json(404, Flavor.VLLM.errors().body(404, "Not Found", "Not Found"));
    }

    /** Every name it is asked by is answered with its first. */
    @Override
    String signature(String asked) {
        return adapters.contains(asked) ? asked : models().getFirst();
    }

    @Override
    List<String> offered() {
        return Stream.concat(models().stream(), adapters.stream()).toList();
    }

    @Override
    Verbatim model(String name) {
        return adapters.contains(name) ? VllmFacts.adapter(name, models().getFirst()) : facts.model(name);
    }
}
