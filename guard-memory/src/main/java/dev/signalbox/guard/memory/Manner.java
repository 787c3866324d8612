package dev.signalbox.guard.memory;

import dev.signalbox.spi.PluginConfig;
import java.time.Duration;

/** How a profile wants targets to be treated that ran out of memory: what it says itself, else what holds for all. */
record Manner(Action action, Duration cooldown) {

    static Manner of(PluginConfig general, PluginConfig profile) {
        return new Manner(
                profile.get(MemoryGuardFactory.PROFILE_ACTION).orElseGet(() -> general.get(MemoryGuardFactory.ACTION)),
                profile.get(MemoryGuardFactory.PROFILE_COOLDOWN)
                        .orElseGet(() -> general.get(MemoryGuardFactory.COOLDOWN)));
    }
}
