package dev.signalbox.selector.standard;

import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.Selector;
import java.util.List;

/**
 * {@code sticky}: the requests of one conversation go to one server, whose cache knows its beginning, as long as that
 * server is there and not busier than its share.
 *
 * <p>What belongs together is told by the header {@code X-Signalbox-Session}, else by the user the body names, else by
 * the conversation's beginning: everything up to the first message of the user. Which server it is follows from the key
 * and the servers' names alone, so it is the same after a restart and in every router with the same pool.
 */
public final class StickyFactory extends StandardFactory {

    private static final Option<Double> LOAD_FACTOR = Option.decimal("load-factor", 1.01, 100)
            .orElse(1.25)
            .doc("How much busier than its share of the pool a server may be before conversations move away from it.");

    /** Stateless. */
    public StickyFactory() {
        super("sticky");
    }

    @Override
    public List<Option<?>> options() {
        return List.of(LOAD_FACTOR);
    }

    @Override
    public List<Option<?>> entryOptions() {
        return List.of(Weight.OPTION);
    }

    @Override
    public Selector create(PluginConfig config, PluginContext context) {
        return new UpFirst(new Sticky(config.get(LOAD_FACTOR))::order);
    }
}
