package dev.signalbox.guard.loop;

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

/** Makes guards of type {@code loop}. */
public final class LoopGuardFactory implements GuardFactory {

    /** Always the same words, so that what servers have cached of a prompt stays good while a loop goes on. */
    private static final String HINT = "You have called the same tool with the same arguments several times in a row."
            + " Do not call it like that again: use what it has returned, try something else, or say what is missing.";

    private static final Option<Action> ANY_ACTION = Option.choice("action", Action.class)
            .doc(
                    "What is done about a conversation whose last tool calls are all the same: nothing, a note in trace and"
                            + " log, the model is told, the request is refused (400).");

    private static final Option<Long> ANY_WINDOW =
            Option.integer("window", 2, 100).doc("How many of the last tool calls are looked at.");

    private static final Option<Long> ANY_THRESHOLD = Option.integer("threshold", 2, 100)
            .doc(
                    "So many equal tool calls in a row are a loop: the same tool with the same arguments, in whatever order"
                            + " they are written. Not more than `window`.");

    private static final Option<String> ANY_INSTRUCTION =
            Option.text("instruction").doc("What the model is told, at the end of the system prompt.");

    static final Option<Action> ACTION = ANY_ACTION.orElse(Action.WARN);
    static final Option<Long> WINDOW = ANY_WINDOW.orElse(5L);
    static final Option<Long> THRESHOLD = ANY_THRESHOLD.orElse(3L);
    static final Option<String> INSTRUCTION = ANY_INSTRUCTION.orElse(HINT);

    /** Here and in a profile. */
    static final Option<Optional<Long>> MAX_CALLS = Option.integer("max-calls", 1, 100_000)
            .doc("A conversation with more tool calls is refused (400), whatever `action` says.")
            .optional();

    /** In a profile; what is not said there is as it is for all. */
    static final Option<Optional<Action>> PROFILE_ACTION = ANY_ACTION.optional();

    static final Option<Optional<Long>> PROFILE_WINDOW = ANY_WINDOW.optional();
    static final Option<Optional<Long>> PROFILE_THRESHOLD = ANY_THRESHOLD.optional();
    static final Option<Optional<String>> PROFILE_INSTRUCTION = ANY_INSTRUCTION.optional();

    /** Used by {@code ServiceLoader}. */
    public LoopGuardFactory() {}

    @Override
    public String type() {
        return "loop";
    }

    @Override
    public int spiLevel() {
        return SpiLevel.CURRENT;
    }

    @Override
    public List<Option<?>> options() {
        return List.of(ACTION, WINDOW, THRESHOLD, INSTRUCTION, MAX_CALLS);
    }

    @Override
    public List<Option<?>> profileOptions() {
        return List.of(PROFILE_ACTION, PROFILE_WINDOW, PROFILE_THRESHOLD, PROFILE_INSTRUCTION, MAX_CALLS);
    }

    @Override
    public void check(PluginConfig general, PluginConfig profile, Problems problems) {
        Manner manner = Manner.of(general, profile);
        if (manner.blind()) {
            problems.add(
                    place(general, profile),
                    "%d equal calls are never among the last %d, so no loop is ever seen. Make window at least %d, or threshold at most %d"
                            .formatted(manner.threshold(), manner.window(), manner.threshold(), manner.window()));
        }
    }

    private static Where place(PluginConfig general, PluginConfig profile) {
        PluginConfig said = profile.has(PROFILE_WINDOW) || profile.has(PROFILE_THRESHOLD) ? profile : general;
        return said.where().child(said.has(WINDOW) ? WINDOW.name() : THRESHOLD.name());
    }

    @Override
    public Guard create(PluginConfig config, PluginContext context) {
        return new LoopGuard(config);
    }
}
