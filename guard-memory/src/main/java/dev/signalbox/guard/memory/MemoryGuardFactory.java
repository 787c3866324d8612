package dev.signalbox.guard.memory;

import dev.signalbox.guard.memory.machine.ThisMachine;
import dev.signalbox.spi.Guard;
import dev.signalbox.spi.GuardFactory;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.SpiLevel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes guards of type {@code memory}. */
public final class MemoryGuardFactory implements GuardFactory {

    static final Duration SHORTEST = Duration.ofSeconds(10);
    static final Duration LONGEST = Duration.ofHours(1);

    private static final Option<Action> ANY_ACTION = Option.choice("action", Action.class)
            .doc(
                    "What is done about a target that ran out of memory a short while ago: nothing, a note in trace and log,"
                            + " it comes after all others, it is not tried.");

    private static final Option<Duration> ANY_COOLDOWN = Option.duration("cooldown", SHORTEST, LONGEST)
            .doc("How long after a target ran out of memory; longer if it does so again meanwhile.");

    static final Option<Action> ACTION = ANY_ACTION.orElse(Action.DEMOTE);
    static final Option<Duration> COOLDOWN = ANY_COOLDOWN.orElse(Duration.ofMinutes(2));

    /** In a profile; what is not said there is as it is for all. */
    static final Option<Optional<Action>> PROFILE_ACTION = ANY_ACTION.optional();

    static final Option<Optional<Duration>> PROFILE_COOLDOWN = ANY_COOLDOWN.optional();

    /** Used by {@code ServiceLoader}. */
    public MemoryGuardFactory() {}

    @Override
    public String type() {
        return "memory";
    }

    @Override
    public int spiLevel() {
        return SpiLevel.CURRENT;
    }

    @Override
    public List<Option<?>> options() {
        return Stream.concat(Stream.of(ACTION, COOLDOWN), HostOptions.ALL.stream())
                .toList();
    }

    @Override
    public List<Option<?>> profileOptions() {
        return List.of(PROFILE_ACTION, PROFILE_COOLDOWN);
    }

    /** Servers that run out of memory are why many want a router; coming last costs nothing where there is a choice. */
    @Override
    public boolean onByDefault() {
        return true;
    }

    @Override
    public Guard create(PluginConfig config, PluginContext context) {
        HostOptions.check(config);
        return new MemoryGuard(config, context, ThisMachine.real());
    }
}
