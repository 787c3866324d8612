package dev.signalbox.testkit;

import dev.signalbox.testkit.Json.Verbatim;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a {@link ScriptedVllm} tells about itself.
 *
 * @param version its version
 * @param context how many tokens fit
 * @param aged whether its metrics have their older names
 * @param waiting how many requests wait in its queue
 * @param cache the used share of its cache
 * @param hidden whether it keeps its routes to itself
 */
record VllmFacts(String version, int context, boolean aged, int waiting, double cache, boolean hidden) {

    private static final List<String> GENERATING = List.of(
            "/v1/chat/completions",
            "/v1/completions",
            "/v1/responses",
            "/v1/messages",
            "/v1/messages/count_tokens",
            "/tokenize");
    private static final List<String> POOLING =
            List.of("/v1/embeddings", "/v1/rerank", "/rerank", "/v1/score", "/score", "/tokenize");
    private static final List<String> SLEEPING = List.of("/sleep", "/wake_up");

    static VllmFacts usual() {
        return new VllmFacts("0.19.0", 40_960, false, 0, 0.25, false);
    }

    VllmFacts version(String now) {
        return new VllmFacts(now, context, aged, waiting, cache, hidden);
    }

    VllmFacts context(int tokens) {
        return new VllmFacts(version, tokens, aged, waiting, cache, hidden);
    }

    VllmFacts old() {
        return new VllmFacts(version, context, true, waiting, cache, hidden);
    }

    VllmFacts busy(int now, double share) {
        return new VllmFacts(version, context, aged, now, share, hidden);
    }

    VllmFacts hiding() {
        return new VllmFacts(version, context, aged, waiting, cache, true);
    }

    Verbatim model(String name) {
        return entry(name, Json.NULL, context);
    }

    static Verbatim adapter(String name, String parent) {
        return entry(name, parent, Json.NULL);
    }

    private static Verbatim entry(String name, Object parent, Object length) {
        Verbatim permission = Json.object(
                "id", "modelperm-1", "object", "model_permission", "allow_view", true, "is_blocking", false);
        return Json.object(
                "id",
                name,
                "object",
                "model",
                "created",
                ChatManner.CREATED,
                "owned_by",
                "vllm",
                "root",
                "/models/" + name,
                "parent",
                parent,
                "max_model_len",
                length,
                "permission",
                List.of(permission));
    }

    /** As Prometheus reads it: what is asked for among much that is not. */
    String metrics(String model, int running) {
        String labels = aged ? "{model_name=\"%s\"}" : "{engine=\"0\",model_name=\"%s\"}";
        return """
                # HELP python_gc_objects_collected_total Objects collected during gc
                # TYPE python_gc_objects_collected_total counter
                python_gc_objects_collected_total{generation="0"} 11821.0
                # HELP vllm:num_requests_running Number of requests in model execution batches.
                # TYPE vllm:num_requests_running gauge
                vllm:num_requests_running%1$s %2$d.0
                # TYPE vllm:num_requests_waiting gauge
                vllm:num_requests_waiting%1$s %3$d.0
                # TYPE vllm:num_requests_waiting_by_reason gauge
                vllm:num_requests_waiting_by_reason{engine="0",model_name="%6$s",reason="capacity"} %3$d.0
                # TYPE vllm:%4$s gauge
                vllm:%4$s%1$s %5$s
                # TYPE vllm:prompt_tokens_total counter
                vllm:prompt_tokens_total%1$s 1.8734e+07
                """.formatted(
                        labels.formatted(model),
                        running,
                        waiting,
                        aged ? "gpu_cache_usage_perc" : "kv_cache_usage_perc",
                        cache,
                        model);
    }

    /** The routes as FastAPI describes them. */
    static String routes(ScriptedVllm.Task task, boolean sleeps) {
        List<String> posts = new ArrayList<>(task == ScriptedVllm.Task.GENERATE ? GENERATING : POOLING);
        posts.addAll(sleeps ? SLEEPING : List.of());
        Object[] paths = posts.stream()
                .flatMap(path -> Stream.of(path, Json.object("post", Json.object())))
                .toArray();
        Verbatim info = Json.object("title", "FastAPI", "version", "0.1.0");
        return Json.object("openapi", "3.1.0", "info", info, "paths", Json.object(paths))
                .json();
    }

    static String overflow(long context, long prompt, long asked) {
        String message =
                ("This model's maximum context length is %d tokens. However, you requested %d output tokens and"
                                + " your prompt contains %d input tokens, for a total of %d tokens. Please reduce the length of the"
                                + " input prompt or the number of requested output tokens. (parameter=input_tokens, value=%d)")
                        .formatted(context, asked, prompt, prompt + asked, prompt);
        return Json.object(
                        "error",
                        Json.object(
                                "message", message, "type", "BadRequestError", "param", "input_tokens", "code", 400))
                .json();
    }

    /** The same for each pair. */
    static String scores(Json body) {
        List<Verbatim> scores = new ArrayList<>();
        for (int i = 0; i < Math.max(1, body.items("/text_2").size()); i++) {
            scores.add(Json.object("index", i, "object", "score", "score", 0.5));
        }
        return Json.object(
                        "id",
                        "score-1",
                        "object",
                        "list",
                        "model",
                        body.text("/model"),
                        "data",
                        scores,
                        "usage",
                        Json.object("prompt_tokens", 9, "total_tokens", 9))
                .json();
    }

    /** Documents in the order in which they were sent. */
    static String ranking(Json body) {
        List<Verbatim> results = new ArrayList<>();
        for (Json document : body.items("/documents")) {
            results.add(Json.object(
                    "index",
                    results.size(),
                    "document",
                    Json.object("text", document.text("")),
                    "relevance_score",
                    0.98 / (results.size() + 1)));
        }
        return Json.object(
                        "id",
                        "score-1",
                        "model",
                        body.text("/model"),
                        "usage",
                        Json.object("prompt_tokens", 9, "total_tokens", 9),
                        "results",
                        results)
                .json();
    }
}
