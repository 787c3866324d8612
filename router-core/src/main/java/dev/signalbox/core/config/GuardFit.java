package dev.signalbox.core.config;

import dev.signalbox.spi.GuardFactory;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Where;
import java.util.Collection;
import java.util.Map;

/** Asks guards whether what is said of them in one place fits what is said in another. */
record GuardFit(Reading reading) {

    /** Notes what does not. What is wrong by itself has been noted, and is not asked about. */
    void check(Map<String, PluginConfig> general, Collection<Profile> profiles) {
        for (GuardFactory factory : reading.plugins().all(GuardFactory.class)) {
            Where nowhere = Where.code("guards." + factory.type());
            PluginConfig forAll = general.getOrDefault(factory.type(), PluginConfig.of(factory.options(), nowhere));
            check(factory, forAll, PluginConfig.of(factory.profileOptions(), nowhere));
            for (Profile profile : profiles) {
                PluginConfig said = profile.guards().get(factory.type());
                if (said != null) {
                    check(factory, forAll, said);
                }
            }
        }
    }

    private void check(GuardFactory factory, PluginConfig forAll, PluginConfig said) {
        if (sound(forAll) && sound(said)) {
            factory.check(forAll, said, reading.problems());
        }
    }

    private boolean sound(PluginConfig config) {
        return config.options().stream().allMatch(option -> config.find(option).isPresent())
                && reading.problems().list().stream()
                        .noneMatch(problem ->
                                problem.where().path().startsWith(config.where().path() + "."));
    }
}
