package dev.signalbox.selector.standard;

import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.Selector;
import java.util.List;

/** {@code weighted}: one after the other, a target of weight 3 three times as often as one of weight 1. */
public final class WeightedFactory extends StandardFactory {

    /** Stateless. */
    public WeightedFactory() {
        super("weighted");
    }

    @Override
    public List<Option<?>> entryOptions() {
        return List.of(Weight.OPTION);
    }

    @Override
    public Selector create(PluginConfig config, PluginContext context) {
        return new UpFirst(new Turns()::order);
    }
}
