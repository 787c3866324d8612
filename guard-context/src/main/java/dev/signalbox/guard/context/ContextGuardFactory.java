package dev.signalbox.guard.context;

import dev.signalbox.spi.Guard;
import dev.signalbox.spi.GuardFactory;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.Problems;
import dev.signalbox.spi.SpiLevel;
import dev.signalbox.spi.Where;
import java.util.List;
import java.util.Optional;

/** Makes guards of type {@code context}. */
public final class ContextGuardFactory implements GuardFactory {

    private static final Option<Action> ANY_ACTION = Option.choice("action", Action.class)
            .doc("What is done about a target whose context a prompt does not fit: nothing, a note in trace and log, it"
                    + " comes after all others, it is not tried.");

    private static final Option<Double> ANY_WARN_AT = Option.decimal("warn-at", 0.1, 2)
            .doc("The share of a target's context from which on trace and log tell how full it is.");

    private static final Option<Double> ANY_FULL_AT = Option.decimal("full-at", 0.1, 2)
            .doc("The share of a target's context beyond which a prompt does not fit. Less leaves room for the answer;"
                    + " more trusts the estimate less.");

    static final Option<Action> ACTION = ANY_ACTION.orElse(Action.EXCLUDE);
    static final Option<Double> WARN_AT = ANY_WARN_AT.orElse(0.8);
    static final Option<Double> FULL_AT = ANY_FULL_AT.orElse(1.0);

    /** In a profile; what is not said there is as it is for all. */
    static final Option<Optional<Action>> PROFILE_ACTION = ANY_ACTION.optional();

    static final Option<Optional<Double>> PROFILE_WARN_AT = ANY_WARN_AT.optional();
    static final Option<Optional<Double>> PROFILE_FULL_AT = ANY_FULL_AT.optional();

    /** Used by {@code ServiceLoader}. */
    public ContextGuardFactory() {}

    @Override
    public String type() {
        return "context";
    }

    @Override
    public int spiLevel() {
        return SpiLevel.CURRENT;
    }

    @Override
    public List<Option<?>> options() {
        return List.of(ACTION, WARN_AT, FULL_AT);
    }

    @Override
    public List<Option<?>> profileOptions() {
        return List.of(PROFILE_ACTION, PROFILE_WARN_AT, PROFILE_FULL_AT);
    }

    @Override
    public void check(PluginConfig general, PluginConfig profile, Problems problems) {
        Manner manner = Manner.of(general, profile);
        if (manner.warnAt() > manner.fullAt()) {
            problems.add(
                    place(general, profile),
                    "a warning from %s of the context on never comes before it is full at %s. Make warn-at at most %s"
                            .formatted(manner.warnAt(), manner.fullAt(), manner.fullAt()));
        }
    }

    private static Where place(PluginConfig general, PluginConfig profile) {
        PluginConfig said = profile.has(PROFILE_WARN_AT) || profile.has(PROFILE_FULL_AT) ? profile : general;
        return said.where().child(said.has(WARN_AT) ? WARN_AT.name() : FULL_AT.name());
    }

    @Override
    public Guard create(PluginConfig config, PluginContext context) {
        return new ContextGuard(config);
    }
}
