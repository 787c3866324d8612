package dev.signalbox.testkit;

import dev.signalbox.testkit.Json.Verbatim;
import dev.signalbox.testkit.LlamaShelf.Seen;
import dev.signalbox.testkit.LlamaShelf.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a {@code llama-server} tells about itself. */
final class LlamaFacts {

    private static final String TEMPLATE =
            "{%- if tools %}{{- '<|im_start|>system' }}{%- endif %}{%- if enable_thinking %}<think>{%- endif %}";

    /**
     * How a server was started and what its model can do.
     *
     * @param metrics whether it tells them
     * @param slots whether it tells them
     * @param vision whether its model reads images
     * @param asleep whether it has given its memory back
     */
    record Traits(boolean metrics, boolean slots, boolean vision, boolean asleep) {}

    private LlamaFacts() {}

    static String models(LlamaChild child) {
        Verbatim old = Json.object("name", child.name(), "model", child.name(), "capabilities", List.of("completion"));
        Verbatim entry = Json.object(
                "id",
                child.name(),
                "aliases",
                List.of(child.name()),
                "tags",
                List.of(),
                "object",
                "model",
                "created",
                ChatManner.CREATED,
                "owned_by",
                "llamacpp",
                "meta",
                meta(child.context()));
        return Json.object("models", List.of(old), "object", "list", "data", List.of(entry))
                .json();
    }

    /** The list of a server in router mode. */
    static String shelf(List<Seen> models) {
        return Json.object("data", models.stream().map(LlamaFacts::entry).toList(), "object", "list")
                .json();
    }

    static String properties(LlamaChild child, Traits traits) {
        return Json.object(
                        "default_generation_settings",
                        Json.object("params", Json.object("n_predict", -1), "n_ctx", child.context()),
                        "total_slots",
                        child.slots().places(),
                        "model_alias",
                        child.name(),
                        "model_ftype",
                        "Q4_K - Medium",
                        "model_path",
                        "/models/" + child.name() + ".gguf",
                        "modalities",
                        Json.object("vision", traits.vision(), "video", false, "audio", false),
                        "endpoint_slots",
                        traits.slots(),
                        "endpoint_props",
                        false,
                        "endpoint_metrics",
                        traits.metrics(),
                        "chat_template",
                        TEMPLATE,
                        "chat_template_caps",
                        Json.object(
                                "supports_parallel_tool_calls",
                                true,
                                "supports_tool_calls",
                                true,
                                "supports_tools",
                                true),
                        "build_info",
                        "b10587-abc",
                        "is_sleeping",
                        traits.asleep())
                .json();
    }

    static String routerProperties(boolean autoload) {
        return Json.object(
                        "role",
                        "router",
                        "max_instances",
                        4,
                        "models_autoload",
                        autoload,
                        "model_alias",
                        "llama-server",
                        "model_path",
                        "none",
                        "default_generation_settings",
                        Json.object("params", Json.NULL, "n_ctx", 0),
                        "ui_settings",
                        Json.object(),
                        "build_info",
                        "b10587-abc",
                        "cors_proxy_enabled",
                        false)
                .json();
    }

    static String slots(LlamaChild child) {
        int busy = child.slots().taken();
        return Json.array(IntStream.range(0, child.slots().places())
                        .mapToObj(id -> Json.object(
                                "id", id, "n_ctx", child.context(), "speculative", false, "is_processing", id < busy))
                        .toArray())
                .json();
    }

    static String metrics(Slots slots) {
        return """
                # HELP llamacpp:requests_processing Number of requests processing
                # TYPE llamacpp:requests_processing gauge
                llamacpp:requests_processing %d
                # HELP llamacpp:requests_deferred Number of requests deferred
                # TYPE llamacpp:requests_deferred gauge
                llamacpp:requests_deferred %d
                """.formatted(slots.taken(), slots.waiting());
    }

    private static Verbatim entry(Seen seen) {
        LlamaModel model = seen.model();
        Verbatim entry = Json.object(
                "id",
                model.name(),
                "aliases",
                model.aliases(),
                "tags",
                List.of(),
                "object",
                "model",
                "owned_by",
                "llamacpp",
                "created",
                ChatManner.CREATED,
                "status",
                status(seen),
                "architecture",
                Json.object("input_modalities", List.of("text"), "output_modalities", List.of("text")),
                "source",
                "models_dir",
                "can_remove",
                false);
        boolean told = seen.state() == State.LOADED || seen.state() == State.SLEEPING;
        return told ? Json.joined(entry, Json.object("meta", meta(model.context()))) : entry;
    }

    private static Verbatim status(Seen seen) {
        String name = seen.model().name();
        Verbatim status = Json.object(
                "value",
                seen.state().name().toLowerCase(Locale.ROOT),
                "args",
                List.of(
                        "/opt/llama-server",
                        "--host",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(seen.port()),
                        "--alias",
                        name,
                        "--model",
                        "/srv/models/" + name + ".gguf"),
                "preset",
                "[%s]\nmodel = /srv/models/%s.gguf\n\n".formatted(name, name));
        boolean failed = seen.state() == State.UNLOADED && seen.exitCode() != 0;
        return failed ? Json.joined(status, Json.object("exit_code", seen.exitCode(), "failed", true)) : status;
    }

    private static Verbatim meta(int context) {
        return Json.object(
                "vocab_type",
                2,
                "n_vocab",
                151_936,
                "n_ctx",
                context,
                "n_ctx_train",
                40_960,
                "n_embd",
                4096,
                "n_params",
                8_190_735_360L,
                "size",
                5_027_783_680L);
    }

    /** Documents with how well they fit; a request that calls them texts is answered as such servers answer. */
    static String ranking(Json body) {
        boolean texts = body.at("/texts").isPresent();
        List<Verbatim> results = new ArrayList<>();
        for (Json document : body.items(texts ? "/texts" : "/documents")) {
            double score = document.raw().contains(body.text("/query")) ? 0.9 : 0.1;
            results.add(Json.object("index", results.size(), texts ? "score" : "relevance_score", score));
        }
        Verbatim usage = Json.object("prompt_tokens", 9, "total_tokens", 9);
        return texts
                ? results.stream().map(Verbatim::json).collect(Collectors.joining(",", "[", "]"))
                : Json.object("model", body.text("/model"), "object", "list", "usage", usage, "results", results)
                        .json();
    }
}
