package dev.signalbox.core.engine;

import dev.signalbox.spi.Guard;
import dev.signalbox.spi.GuardFactory;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.SpiLevel;
import java.util.List;

/** Makes guards until it is told not to. */
final class BrokenLater implements GuardFactory {

    volatile boolean broken;

    @Override
    public String type() {
        return "broken-later";
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
    public boolean onByDefault() {
        return true;
    }

    @Override
    public Guard create(PluginConfig config, PluginContext context) {
        if (broken) {
            throw new IllegalStateException("it does not fit");
        }
        return new Guard() {};
    }
}
