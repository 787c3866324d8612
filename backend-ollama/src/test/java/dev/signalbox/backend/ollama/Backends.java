package dev.signalbox.backend.ollama;

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

    static Backend make(PluginConfig config) {
        return new OllamaBackendFactory().create(config, TestContext.named("laptop"));
    }

    static PluginConfig config(URI server) {
        return PluginConfig.of(new OllamaBackendFactory().options(), Where.code("backends.laptop"))
                .with(HttpOptions.BASE_URL, server);
    }
}
