package dev.signalbox.guard.budget;

import dev.signalbox.spi.Guard;
import dev.signalbox.spi.GuardFactory;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.Problems;
import dev.signalbox.spi.SpiLevel;
import java.util.List;

/** Makes guards of type {@code budget}. */
public final class BudgetGuardFactory implements GuardFactory {

    /** Used by {@code ServiceLoader}. */
    public BudgetGuardFactory() {}

    @Override
    public String type() {
        return "budget";
    }

    @Override
    public int spiLevel() {
        return SpiLevel.CURRENT;
    }

    @Override
    public List<Option<?>> options() {
        return BudgetOptions.GENERAL;
    }

    @Override
    public List<Option<?>> profileOptions() {
        return BudgetOptions.IN_PROFILES;
    }

    @Override
    public void check(PluginConfig general, PluginConfig profile, Problems problems) {
        BudgetOptions.budgets(general, problems);
    }

    @Override
    public Guard create(PluginConfig config, PluginContext context) {
        return new BudgetGuard(config, context);
    }
}
