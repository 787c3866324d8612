package dev.signalbox.guard.budget;

import dev.signalbox.spi.Guard;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.testkit.GuardContract;

/** What every guard promises. */
class BudgetGuardContractTest extends GuardContract {

    @Override
    protected Guard guard(PluginContext context) {
        PluginConfig one = BudgetFixture.money("1000000");
        return new BudgetGuardFactory().create(BudgetFixture.with(one, BudgetFixture.ofCaller("*", one)), context);
    }

    @Override
    protected PluginConfig settings() {
        return BudgetFixture.profile();
    }
}
