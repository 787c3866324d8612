package dev.signalbox.backend.anthropic;

import dev.signalbox.backend.http.HttpOptions;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Where;
import dev.signalbox.testkit.TestContext;
import java.net.URI;

/** Makes backends for tests. */
final class Backends {

    private Backends() {}

    static Backend at(URI server) {
        return make(config(server));
    }

    static Backend at(URI server, String key) {
        return make(config(server).withPresent(AnthropicBackendFactory.API_KEY, key));
    }

    static Backend make(PluginConfig config) {
        return new AnthropicBackendFactory().create(config, TestContext.named("cloud"));
    }

    static PluginConfig config(URI server) {
        return PluginConfig.of(new AnthropicBackendFactory().options(), Where.code("backends.cloud"))
                .with(HttpOptions.BASE_URL, server);
    }
}
