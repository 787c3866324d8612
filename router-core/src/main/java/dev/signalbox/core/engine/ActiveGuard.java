package dev.signalbox.core.engine;

import dev.signalbox.core.config.Profile;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.Attempt;
import dev.signalbox.spi.Candidate;
import dev.signalbox.spi.Guard;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Ruling;
import dev.signalbox.spi.Screening;
import dev.signalbox.spi.Verdict;

/**
 * A guard at work. What it is asked throws a {@link PluginDefect} if the guard throws.
 *
 * @param type its type, which is its name in traces
 * @param guard the guard
 * @param general its options outside profiles
 * @param defaults its options in a profile that says nothing of it
 * @param shared who needs it
 */
record ActiveGuard(String type, Guard guard, PluginConfig general, PluginConfig defaults, Shared shared) {

    PluginConfig settingsIn(Profile profile) {
        return profile.guards().getOrDefault(type, defaults);
    }

    Ruling screen(Screening screening) {
        return PluginDefect.guarded(this, () -> guard.screen(screening));
    }

    Verdict assess(Candidate candidate) {
        return PluginDefect.guarded(this, () -> guard.assess(candidate));
    }

    Admission admit(Attempt attempt) {
        return PluginDefect.guarded(this, () -> guard.admit(attempt));
    }

    /** Its name in messages. */
    @Override
    public String toString() {
        return "the guard " + type;
    }
}
