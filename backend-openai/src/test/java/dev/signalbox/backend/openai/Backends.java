package dev.signalbox.backend.openai;

import dev.signalbox.backend.http.HttpOptions;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Where;
import dev.signalbox.testkit.TestContext;
import java.net.URI;

/** Makes backends for tests. */
final class Backends {

    private Backends() {}

    static Backend at(URI server, String preset) {
        return make(config(server, preset));
    }

    static Backend at(URI server, String preset, String key) {
        return make(config(server, preset).withPresent(HttpOptions.API_KEY, key));
    }

    static Backend make(PluginConfig config) {
        return new OpenAiBackendFactory().create(config, TestContext.named("gpu"));
    }

    static PluginConfig config(URI server, String preset) {
        return PluginConfig.of(new OpenAiBackendFactory().options(), Where.code("backends.gpu"))
                .with(HttpOptions.BASE_URL, server)
                .with(OpenAiBackendFactory.PRESET, preset);
    }
}
