package dev.signalbox.guard.health;

import dev.signalbox.spi.PluginConfig;
import java.util.Optional;

/** What a profile wants of targets that are not well: what it says itself, else what holds for all. */
record Manner(Action action, Thresholds thresholds) {

    static Manner of(PluginConfig general, PluginConfig profile) {
        Optional<Double> slower = profile.get(HealthGuardFactory.PROFILE_SLOWER);
        return new Manner(
                profile.get(HealthGuardFactory.PROFILE_ACTION).orElseGet(() -> general.get(HealthGuardFactory.ACTION)),
                Thresholds.of(
                        profile.get(HealthGuardFactory.PROFILE_THRESHOLD)
                                .orElseGet(() -> general.get(HealthGuardFactory.THRESHOLD)),
                        profile.get(HealthGuardFactory.PROFILE_RATE)
                                .orElseGet(() -> general.get(HealthGuardFactory.RATE)),
                        slower.or(() -> general.get(HealthGuardFactory.SLOWER))));
    }

    /** What holds for all, for what belongs to no profile. */
    static Manner of(PluginConfig general) {
        return new Manner(
                general.get(HealthGuardFactory.ACTION),
                Thresholds.of(
                        general.get(HealthGuardFactory.THRESHOLD),
                        general.get(HealthGuardFactory.RATE),
                        general.get(HealthGuardFactory.SLOWER)));
    }
}
