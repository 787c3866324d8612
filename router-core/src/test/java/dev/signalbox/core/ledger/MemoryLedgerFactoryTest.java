package dev.signalbox.core.ledger;

import dev.signalbox.spi.PluginFactory;
import dev.signalbox.testkit.FactoryContract;

/** What every factory promises. */
class MemoryLedgerFactoryTest extends FactoryContract {

    @Override
    protected PluginFactory<?> factory() {
        return new MemoryLedgerFactory();
    }
}
