package dev.signalbox.backend.llamacpp;

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
        return make(config, TestContext.named("shelf"));
    }

    static Backend make(PluginConfig config, TestContext context) {
        return new LlamaCppBackendFactory().create(config, context);
    }

    static PluginConfig config(URI server) {
        return PluginConfig.of(new LlamaCppBackendFactory().options(), Where.code("backends.shelf"))
                .with(HttpOptions.BASE_URL, server);
    }
}
