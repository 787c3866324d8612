package dev.signalbox.testkit;

import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendFactory;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.SpiLevel;
import java.net.URI;
import java.util.List;

/** Makes {@link PlainBackend}s. */
public final class PlainBackendFactory implements BackendFactory {

    static final Option<URI> BASE_URL = Option.uri("base-url").doc("Where it listens.");

    @Override
    public String type() {
        return "plain";
    }

    @Override
    public int spiLevel() {
        return SpiLevel.CURRENT;
    }

    @Override
    public List<Option<?>> options() {
        return List.of(BASE_URL);
    }

    @Override
    public Backend create(PluginConfig config, PluginContext context) {
        return new PlainBackend(config.get(BASE_URL), "");
    }
}
