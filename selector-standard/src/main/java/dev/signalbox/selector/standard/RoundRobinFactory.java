package dev.signalbox.selector.standard;

import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.Selector;

/** {@code round-robin}: one after the other, each as often as the others. */
public final class RoundRobinFactory extends StandardFactory {

    /** Stateless. */
    public RoundRobinFactory() {
        super("round-robin");
    }

    @Override
    public Selector create(PluginConfig config, PluginContext context) {
        return new UpFirst(new Turns()::order);
    }
}
