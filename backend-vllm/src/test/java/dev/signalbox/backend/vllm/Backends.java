package dev.signalbox.backend.vllm;

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
        return make(config(server).withPresent(HttpOptions.API_KEY, key));
    }

    static Backend make(PluginConfig config) {
        return new VllmBackendFactory().create(config, TestContext.named("gpu"));
    }

    static PluginConfig config(URI server) {
        return PluginConfig.of(new VllmBackendFactory().options(), Where.code("backends.gpu"))
                .with(HttpOptions.BASE_URL, server);
    }
}
