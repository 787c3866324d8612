package dev.signalbox.backend.openai;

import dev.signalbox.backend.http.HttpOptions;
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

/** Makes backends for any server that speaks the API of OpenAI, with what is known of some of them. */
public final class OpenAiBackendFactory implements BackendFactory {

    private static final List<Option<?>> OPTIONS =
            HttpOptions.with(OpenAiOptions.PRESET, OpenAiOptions.HEALTH, OpenAiOptions.DIALECTS, OpenAiOptions.QUIRKS);

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
                Map.of(HttpOptions.BASE_URL.name(), address, OpenAiOptions.PRESET.name(), preset));
    }
}
