package dev.signalbox.guard.memory;

import dev.signalbox.spi.Guard;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.testkit.GuardContract;

/** What every guard promises. */
class MemoryGuardContractTest extends GuardContract {

    @Override
    protected Guard guard(PluginContext context) {
        return new MemoryGuardFactory().create(MemoryFixture.general(), context);
    }

    @Override
    protected PluginConfig settings() {
        return MemoryFixture.profile();
    }
}
