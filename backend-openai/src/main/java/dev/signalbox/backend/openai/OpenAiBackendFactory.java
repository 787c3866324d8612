package dev.signalbox.backend.openai;

import dev.signalbox.backend.http.HttpOptions;
import dev.signalbox.backend.http.SaidDialects;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendFactory;
import dev.signalbox.spi.Discovery;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.SpiLevel;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes backends for any server that speaks the API of OpenAI, with what is known of some of them. Beside the options here
 * it has those of {@link HttpOptions}.
 */
public final class OpenAiBackendFactory implements BackendFactory {

    /** What kind of server it is. */
    public static final Option<String> PRESET = Option.word("preset", Presets.names())
            .doc(
                    "What kind of server it is; it decides what holds where `health`, `dialects` and `quirks` are not given.")
            .orElse(Presets.GENERIC.name());

    /** What a probe asks before it asks for models. */
    public static final Option<Optional<String>> HEALTH = Option.text("health")
            .doc(
                    "A path that tells whether the server is well, such as `/health`, or `none` to ask for its models only.")
            .optional();

    /** Which requests it takes. */
    public static final Option<Optional<List<String>>> DIALECTS = SaidDialects.option(Preset.SPOKEN);

    /** What it cannot take as clients send it. */
    public static final Option<Optional<List<String>>> QUIRKS = Option.listOf(
                    "quirks", Option.word("quirk", Quirk.words()))
            .doc("What it cannot take as clients send it, so that requests are changed; `[]` changes nothing.")
            .optional();

    private static final List<Option<?>> OPTIONS = HttpOptions.with(PRESET, HEALTH, DIALECTS, QUIRKS);

    @Override
    public String type() {
        return "openai";
    }

    @Override
    public int spiLevel() {
        return SpiLevel.CURRENT;
    }

    @Override
    public List<Option<?>> options() {
        return OPTIONS;
    }

    @Override
    public Backend create(PluginConfig config, PluginContext context) {
        return OpenAiBackend.of(config, context);
    }

    /** LM Studio and SGLang at their usual ports; they sign their lists of models. */
    @Override
    public List<Discovery> discoveries() {
        return List.of(
                discovery("lmstudio", "http://localhost:1234", "\"organization_owner\""),
                discovery("sglang", "http://localhost:30000", "\"sglang\""));
    }

    private static Discovery discovery(String preset, String address, String signature) {
        return new Discovery(
                URI.create(address + "/v1/models"),
                answer -> answer.status() == 200
                        && answer.body().contains("\"data\"")
                        && answer.body().contains(signature),
                Map.of(HttpOptions.BASE_URL.name(), address, PRESET.name(), preset));
    }
}
