package dev.signalbox.backend.openai;

import dev.signalbox.api.Dialect;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import java.util.List;
import java.util.Optional;

/** What may be said of a server beside its address: the preset, and what differs from it. */
final class OpenAiOptions {

    /** What kind of server it is. */
    static final Option<String> PRESET = Option.word("preset", Preset.names())
            .doc("What kind of server it is, which says what the options below say where they are missing: %s."
                    .formatted(String.join(", ", Preset.names())))
            .orElse(Preset.GENERIC.name());

    /** What a probe asks first. */
    static final Option<Optional<String>> HEALTH = Option.text("health")
            .doc(
                    "A path that says whether the server is well, such as `/health`, or `none` to ask for its models only.")
            .optional();

    /** What it speaks. */
    static final Option<Optional<List<String>>> DIALECTS = Option.listOf(
                    "dialects",
                    Option.word(
                            "dialect", Preset.SPOKEN.stream().map(Dialect::id).toList()))
            .doc("Which kinds of requests it takes, such as `[openai.chat, openai.embeddings]`.")
            .optional();

    /** What it needs. */
    static final Option<Optional<List<Quirk>>> QUIRKS = Option.listOf("quirks", Option.choice("quirk", Quirk.class))
            .doc("What has to be changed in requests before it takes them; the page of this backend explains each.")
            .optional();

    private OpenAiOptions() {}

    /** The preset with everything that was said otherwise. */
    static Preset read(PluginConfig config) {
        Preset preset = Preset.named(config.get(PRESET));
        preset = config.get(HEALTH).map(preset::withHealth).orElse(preset);
        preset = config.get(DIALECTS).map(preset::withDialects).orElse(preset);
        return config.get(QUIRKS).map(preset::withQuirks).orElse(preset);
    }
}
