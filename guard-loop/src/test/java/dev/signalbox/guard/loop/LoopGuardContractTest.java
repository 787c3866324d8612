package dev.signalbox.guard.loop;

import dev.signalbox.spi.Guard;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.testkit.GuardContract;

/** What every guard promises. */
class LoopGuardContractTest extends GuardContract {

    @Override
    protected Guard guard(PluginContext context) {
        return new LoopGuardFactory().create(LoopFixture.GENERAL, context);
    }

    @Override
    protected PluginConfig settings() {
        return LoopFixture.PROFILE;
    }
}
