package dev.signalbox.testkit;

import dev.signalbox.testkit.Json.Verbatim;
import java.util.List;
import java.util.stream.IntStream;

/** What a {@code llama-server} tells about itself. */
final class LlamaFacts {

    private LlamaFacts() {}

    static String models(String model, int context) {
        Verbatim meta = Json.object(
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
        Verbatim old = Json.object("name", model, "model", model, "capabilities", List.of("completion"));
        Verbatim entry = Json.object(
                "id",
                model,
                "aliases",
                List.of(model),
                "tags",
                List.of(),
                "object",
                "model",
                "created",
                ChatManner.CREATED,
                "owned_by",
                "llamacpp",
                "meta",
                meta);
        return Json.object("models", List.of(old), "object", "list", "data", List.of(entry))
                .json();
    }

    static String properties(String model, int context, Slots slots) {
        return Json.object(
                        "default_generation_settings",
                        Json.object("n_ctx", context),
                        "total_slots",
                        slots.places(),
                        "model_alias",
                        model,
                        "model_path",
                        "/models/" + model + ".gguf",
                        "modalities",
                        Json.object("vision", false, "audio", false),
                        "build_info",
                        "b10587-abc",
                        "is_sleeping",
                        false)
                .json();
    }

    static String slots(int context, Slots slots) {
        int busy = slots.taken();
        return Json.array(IntStream.range(0, slots.places())
                        .mapToObj(id -> Json.object(
                                "id", id, "n_ctx", context, "speculative", false, "is_processing", id < busy))
                        .toArray())
                .json();
    }

    static String metrics(Slots slots) {
        return """
                # TYPE llamacpp:requests_processing gauge
                llamacpp:requests_processing %d
                # TYPE llamacpp:requests_deferred gauge
                llamacpp:requests_deferred %d
                """.formatted(slots.taken(), slots.waiting());
    }
}
