package dev.signalbox.backend.mlx;

import dev.signalbox.backend.http.HttpOptions;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Where;
import dev.signalbox.testkit.TestContext;
import java.net.URI;

/** Makes backends for tests. */
final class Backends {

    private Backends() {}

    /** One that finds out itself what it talks to. */
    static Backend at(URI server) {
        return at(server, Flavor.AUTO);
    }

    static Backend at(URI server, String flavor) {
        return make(config(server, flavor));
    }

    static Backend make(PluginConfig config) {
        return new MlxBackendFactory().create(config, TestContext.named("studio"));
    }

    static PluginConfig config(URI server, String flavor) {
        return PluginConfig.of(new MlxBackendFactory().options(), Where.code("backends.studio"))
                .with(HttpOptions.BASE_URL, server)
                .with(MlxBackendFactory.FLAVOR, flavor);
    }
}
