package dev.signalbox.core.engine;

import dev.signalbox.spi.AttemptReport;
import dev.signalbox.spi.Guard;
import dev.signalbox.spi.GuardFactory;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.ProbeReport;
import dev.signalbox.spi.SpiLevel;
import java.util.List;
import java.util.function.Consumer;

/** A guard that only watches, and the factory of itself. */
record ObservingGuard(Consumer<Object> eye) implements Guard, GuardFactory {

    @Override
    public void observe(AttemptReport report) {
        eye.accept(report);
    }

    @Override
    public void probed(ProbeReport report) {
        eye.accept(report);
    }

    @Override
    public void close() {}

    @Override
    public String type() {
        return "observing";
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
    public Guard create(PluginConfig config, PluginContext context) {
        return this;
    }
}
