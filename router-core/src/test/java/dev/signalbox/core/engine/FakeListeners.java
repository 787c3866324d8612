package dev.signalbox.core.engine;

import dev.signalbox.spi.ListenerFactory;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.RouterEvent;
import dev.signalbox.spi.RouterListener;
import dev.signalbox.spi.SpiLevel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Listeners of one type that write down under their tag what they hear, and that they were closed. */
record FakeListeners(String type, List<String> heard) implements ListenerFactory {

    FakeListeners(String type) {
        this(type, new CopyOnWriteArrayList<>());
    }

    @Override
    public int spiLevel() {
        return SpiLevel.CURRENT;
    }

    @Override
    public List<Option<?>> options() {
        return List.of(FakeBackends.TAG);
    }

    @Override
    public RouterListener create(PluginConfig config, PluginContext context) {
        String tag = config.get(FakeBackends.TAG);
        return new RouterListener() {
            @Override
            public void on(RouterEvent event) {
                if (!(event instanceof RouterEvent.BackendChanged)) {
                    heard.add(tag + " " + event.getClass().getSimpleName());
                }
            }

            @Override
            public void close() {
                heard.add(tag + " closed");
            }
        };
    }
}
