package dev.signalbox.guard.health;

import dev.signalbox.spi.Guard;
import dev.signalbox.spi.GuardFactory;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.SpiLevel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Makes guards of type {@code health}. */
public final class HealthGuardFactory implements GuardFactory {

    private static final Option<Action> ANY_ACTION = Option.choice("action", Action.class)
            .doc("What is done about a target that is not well: nothing, a note in trace and log, it comes after all"
                    + " others, it is not tried (one that is only slow comes after all others).");

    private static final Option<Long> ANY_THRESHOLD = Option.integer("threshold", 2, 20)
            .doc("So many failures in a row make a target degraded, twice as many unhealthy.");

    private static final Option<Double> ANY_RATE = Option.decimal("failure-rate", 0.01, 1)
            .doc("So large a share of failures within the window makes a target unhealthy.");

    private static final Option<Double> ANY_SLOWER = Option.decimal("slower", 1.5, 100)
            .doc("A target is slow if its first content takes so many times as long as that of the fastest target of"
                    + " the chain, and a second longer. Not looked at if left out.");

    static final Option<Action> ACTION = ANY_ACTION.orElse(Action.DEMOTE);
    static final Option<Long> THRESHOLD = ANY_THRESHOLD.orElse(3L);
    static final Option<Double> RATE = ANY_RATE.orElse(0.5);
    static final Option<Optional<Double>> SLOWER = ANY_SLOWER.optional();

    static final Option<Duration> WINDOW = Option.duration("window", Duration.ofSeconds(10), Duration.ofHours(1))
            .doc("How long a request counts for the share of failures.")
            .orElse(Rhythm.STANDARD.window());

    static final Option<Long> FEWEST = Option.integer("fewest", 3, 10_000)
            .doc("Fewer requests within the window make no share.")
            .orElse((long) Rhythm.STANDARD.fewest());

    static final Option<Duration> PAUSE = Option.duration("pause", Duration.ofMillis(100), Duration.ofHours(1))
            .doc(
                    "How long a target that is not well is let alone before one request looks how it is; twice as long each"
                            + " time in vain.")
            .orElse(Rhythm.STANDARD.pause());

    static final Option<Duration> LONGEST_PAUSE = Option.duration(
                    "longest-pause", Duration.ofMillis(100), Duration.ofHours(1))
            .doc("The longest of these pauses.")
            .orElse(Rhythm.STANDARD.longest());

    /** In a profile; what is not said there is as it is for all. */
    static final Option<Optional<Action>> PROFILE_ACTION = ANY_ACTION.optional();

    static final Option<Optional<Long>> PROFILE_THRESHOLD = ANY_THRESHOLD.optional();
    static final Option<Optional<Double>> PROFILE_RATE = ANY_RATE.optional();
    static final Option<Optional<Double>> PROFILE_SLOWER = ANY_SLOWER.optional();

    /** Used by {@code ServiceLoader}. */
    public HealthGuardFactory() {}

    @Override
    public String type() {
        return "health";
    }

    @Override
    public int spiLevel() {
        return SpiLevel.CURRENT;
    }

    @Override
    public List<Option<?>> options() {
        return List.of(ACTION, THRESHOLD, RATE, SLOWER, WINDOW, FEWEST, PAUSE, LONGEST_PAUSE);
    }

    @Override
    public List<Option<?>> profileOptions() {
        return List.of(PROFILE_ACTION, PROFILE_THRESHOLD, PROFILE_RATE, PROFILE_SLOWER);
    }

    /** Servers crash and hang; coming last costs nothing where there is a choice. */
    @Override
    public boolean onByDefault() {
        return true;
    }

    @Override
    public Guard create(PluginConfig config, PluginContext context) {
        return new HealthGuard(config, context);
    }
}
