package dev.signalbox.core.engine;

import dev.signalbox.core.config.Profile;
import dev.signalbox.spi.Guard;
import dev.signalbox.spi.PluginConfig;

/**
 * A guard at work.
 *
 * @param type its type, which is its name in traces
 * @param guard the guard
 * @param defaults its options in a profile that says nothing of it
 */
record ActiveGuard(String type, Guard guard, PluginConfig defaults) {

    PluginConfig settingsIn(Profile profile) {
        return profile.guards().getOrDefault(type, defaults);
    }
}
