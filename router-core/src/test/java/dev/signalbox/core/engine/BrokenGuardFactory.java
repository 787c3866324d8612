package dev.signalbox.core.engine;

import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.Guard;
import dev.signalbox.spi.GuardFactory;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.Problems;
import dev.signalbox.spi.SpiLevel;
import dev.signalbox.spi.Where;
import java.util.List;

/** Finds fault with whatever it is told. */
record BrokenGuardFactory() implements GuardFactory {

    @Override
    public String type() {
        return "zz-broken";
    }

    @Override
    public int spiLevel() {
        return SpiLevel.CURRENT;
    }

    @Override
    public List<Option<?>> options() {
        return List.of();
    }

    @Override
    public boolean onByDefault() {
        return true;
    }

    @Override
    public Guard create(PluginConfig config, PluginContext context) throws ConfigurationException {
        Problems problems = new Problems();
        problems.add(Where.code("guards.zz-broken"), "it does not fit");
        problems.throwIfAny();
        throw new AssertionError();
    }
}
