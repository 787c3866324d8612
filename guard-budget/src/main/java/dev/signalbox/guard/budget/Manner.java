package dev.signalbox.guard.budget;

import dev.signalbox.spi.PluginConfig;

/**
 * What holds in a profile.
 *
 * @param action what is done where a budget would be gone over
 * @param allowPaid whether targets that are paid for may be asked
 */
record Manner(Action action, boolean allowPaid) {

    static Manner of(PluginConfig general, PluginConfig profile) {
        return new Manner(
                profile.get(BudgetOptions.PROFILE_ACTION).orElseGet(() -> general.get(BudgetOptions.ACTION)),
                profile.get(BudgetOptions.PROFILE_ALLOW_PAID).orElseGet(() -> general.get(BudgetOptions.ALLOW_PAID)));
    }
}
