package dev.signalbox.core.ledger;

import dev.signalbox.spi.Ledger;
import dev.signalbox.spi.LedgerFactory;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.SpiLevel;
import java.util.List;

/** Makes ledgers of type {@code memory}. */
public final class MemoryLedgerFactory implements LedgerFactory {

    /** The type's name. */
    public static final String TYPE = "memory";

    /** Used by {@code ServiceLoader}. */
    public MemoryLedgerFactory() {}

    @Override
    public String type() {
        return TYPE;
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
    public Ledger create(PluginConfig config, PluginContext context) {
        return new MemoryLedger(context.clock());
    }
}
