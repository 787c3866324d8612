package dev.signalbox.guard.context;

import dev.signalbox.api.ModelInfo;
import dev.signalbox.spi.Guard;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.testkit.GuardContract;
import dev.signalbox.testkit.TestAttempt;

/** What every guard promises. */
class ContextGuardContractTest extends GuardContract {

    @Override
    protected Guard guard(PluginContext context) {
        return new ContextGuardFactory().create(ContextFixture.GENERAL, context);
    }

    @Override
    protected PluginConfig settings() {
        return ContextFixture.PROFILE;
    }

    @Override
    protected TestAttempt attempt() {
        return super.attempt().knowing(ModelInfo.named("test-model").withContext(1_000));
    }
}
