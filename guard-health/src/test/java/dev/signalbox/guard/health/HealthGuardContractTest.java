package dev.signalbox.guard.health;

import dev.signalbox.spi.Guard;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.testkit.GuardContract;

/** What every guard promises. */
class HealthGuardContractTest extends GuardContract {

    @Override
    protected Guard guard(PluginContext context) {
        return new HealthGuardFactory().create(HealthFixture.general(), context);
    }

    @Override
    protected PluginConfig settings() {
        return HealthFixture.profile();
    }
}
