package dev.signalbox.core.engine;

import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.Selector;
import dev.signalbox.spi.SelectorFactory;
import dev.signalbox.spi.SpiLevel;
import java.util.List;

/** Makes the selector the test has written. */
record FakeSelector(String type, Selector selector) implements SelectorFactory {

    @Override
    public int spiLevel() {
        return SpiLevel.CURRENT;
    }

    @Override
    public List<Option<?>> options() {
        return List.of();
    }

    @Override
    public Selector create(PluginConfig config, PluginContext context) {
        return selector;
    }
}
