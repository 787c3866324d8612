package dev.signalbox.core.engine;

import static java.util.Objects.requireNonNull;

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
 * A guard at work. What it is asked throws a {@link PluginDefect} if the guard throws; each question says so by itself,
 * because a function that is made for it would cost more than most answers do.
 *
 * @param type its type, which is its name in traces
 * @param guard the guard
 * @param general its options outside profiles
 * @param defaults its options in a profile that says nothing of it
 * @param shared who needs it
 * @param hearing in what it has a say
 */
record ActiveGuard(
        String type, Guard guard, PluginConfig general, PluginConfig defaults, Shared shared, Hearing hearing) {

    ActiveGuard(String type, Guard guard, PluginConfig general, PluginConfig defaults, Shared shared) {
        this(type, guard, general, defaults, shared, Hearing.of(guard));
    }

    PluginConfig settingsIn(Profile profile) {
        return profile.guards().getOrDefault(type, defaults);
    }

    Ruling screen(Screening screening) {
        try {
            return requireNonNull(guard.screen(screening), PluginDefect.NULL);
        } catch (Throwable thrown) {
            throw PluginDefect.of(this, thrown);
        }
    }

    Verdict assess(Candidate candidate) {
        try {
            return requireNonNull(guard.assess(candidate), PluginDefect.NULL);
        } catch (Throwable thrown) {
            throw PluginDefect.of(this, thrown);
        }
    }

    Admission admit(Attempt attempt) {
        try {
            return requireNonNull(guard.admit(attempt), PluginDefect.NULL);
        } catch (Throwable thrown) {
            throw PluginDefect.of(this, thrown);
        }
    }

    /** Its name in messages. */
    @Override
    public String toString() {
        return "the guard " + type;
    }
}
