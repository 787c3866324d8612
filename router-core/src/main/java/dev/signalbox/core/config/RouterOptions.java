package dev.signalbox.core.config;

import dev.signalbox.core.config.EngineSettings.Expose;
import dev.signalbox.core.config.EngineSettings.UnknownModel;
import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What stands at the top of a configuration, but for the server's own sections. */
public final class RouterOptions {

    static final Option<Map<String, ConfigNode>> BACKENDS =
            table("backends", "a backend such as { type: TYPE }", "The servers, by name: `[a-z0-9][a-z0-9-]*`.");
    static final Option<Map<String, ConfigNode>> GATES = table(
            "gates",
            "a gate such as { of: [ studio ], places: 1 }",
            "Places in front of backends or targets, by name.");
    static final Option<Map<String, ConfigNode>> PROFILES =
            table("profiles", "a profile such as { chain: [ gpu/qwen3:8b ] }", "Chains of targets, by name.");
    static final Option<Map<String, ConfigNode>> ALIASES = table(
            "aliases",
            "a profile, a target, or a table with one",
            "Names and patterns that clients may ask for, and the profile or target each means: `gpt-4o: coding`, or"
                    + " `quick: { use: laptop/qwen3, fallback: off }`.");
    static final Option<Map<String, String>> MODES = Option.mapOf("modes", Option.profile("profile"))
            .doc("What the header `X-Signalbox-Mode` may say, and the profile it means.")
            .orElse(Map.of());
    static final Option<List<ConfigNode>> RULES = Option.listOf(
                    "rules", Option.node("rule", "a rule such as { when: { MATCHER: ARGUMENT }, use: PROFILE }"))
            .doc("Where requests go that name nothing: `{ when: { MATCHER: ARGUMENT }, use: PROFILE }`, the first that"
                    + " holds. `when` may combine with `all`, `any` and `not`; `always: true` asks a rule before anything"
                    + " the request names.")
            .orElse(List.of());
    static final Option<Optional<String>> DEFAULT = Option.text("default")
            .doc("The profile or target for what nothing else decides. Where there is one profile only, that one.")
            .optional();
    static final Option<Map<String, ConfigNode>> GUARDS = table(
            "guards",
            "a table of the guard's options",
            "Settings of guards for the whole router, by the guard's type.");
    static final Option<Map<String, ConfigNode>> CLASSIFIERS = table(
            "classifiers",
            "a table of the classifier's options",
            "Who is asked which class a request belongs to, by name: its options, with its `type` where the name is not it."
                    + " Rules name them: `{ classify: { by: NAME, into: { CLASS: PROFILE } } }`.");
    static final Option<Map<String, ConfigNode>> LISTENERS = table(
            "listeners", "a table of the listener's options", "Who is told what happens, by the listener's type.");
    static final Option<Optional<Path>> MODELS_TABLE = Option.file("models-table")
            .doc(
                    "A file that says what models can do by their names, where neither `capabilities` nor the server does: a"
                            + " line for each pattern, `*-coder* chat tools -vision`, a minus for what they cannot. The first line"
                            + " that fits counts, and its lines stand before those that come with the router.")
            .optional();
    static final Option<Optional<ConfigNode>> LEDGER = Option.node("ledger", "a ledger's type, or a table with it")
            .doc("What keeps books: a ledger's type, or a table with its `type` and options.")
            .optional();
    static final Option<Optional<Path>> STATE_DIR = Option.file("state-dir")
            .doc(
                    "Where that is kept which has to outlive the process, such as a ledger; read when the router starts. Else"
                            + " `$XDG_STATE_HOME/signalbox` or `~/.local/state/signalbox`.")
            .optional();
    static final Option<Optional<ConfigNode>> TASKS = Option.node(
                    "tasks", "a table such as { roles: { coder: { use: PROFILE } } }")
            .doc(
                    "Who does which task, for clients that say what a task is and not which model does it. There is no task"
                            + " routing without it.")
            .optional();

    static final Option<UnknownModel> UNKNOWN_MODEL = Option.choice("unknown-model", UnknownModel.class)
            .doc("What to do with a model nobody knows: ask the `rules`, `reject` it at once, or take the `default`.")
            .orElse(EngineSettings.DEFAULT.unknownModel());
    static final Option<Expose> EXPOSE = Option.choice("expose", Expose.class)
            .doc("Whether answers tell in headers and messages which targets were tried.")
            .orElse(EngineSettings.DEFAULT.expose());

    static final Option<Long> TRACES = Option.integer("traces", 0, 10_000)
            .doc("How many requests' traces are kept in memory to be looked at; they never hold bodies.")
            .orElse((long) EngineSettings.DEFAULT.traces());

    static final Option<Duration> EVERY = Option.duration("every", Duration.ofSeconds(1), Duration.ofHours(1))
            .doc("How often backends are looked at.")
            .orElse(EngineSettings.DEFAULT.probeEvery());
    static final Option<Duration> TIMEOUT = Option.duration("timeout", Duration.ofMillis(100), Duration.ofMinutes(1))
            .doc("How long a look may take.")
            .orElse(EngineSettings.DEFAULT.probeTimeout());
    static final Option<Optional<PluginConfig>> PROBE = Option.group("probe", List.of(EVERY, TIMEOUT))
            .doc("How backends are looked at.")
            .optional();

    static final Option<List<String>> GATE_OF =
            Option.listOf("of", Option.text("name")).doc("The backends, or targets, it stands in front of.");
    static final Option<Long> PLACES =
            Option.integer("places", 1, 10_000).doc("How many requests may be past it at once.");
    static final Option<Long> QUEUE =
            Option.integer("queue", 0, 10_000).doc("How many may wait for it.").orElse(64L);

    /** What a gate may say. */
    public static final List<Option<?>> GATE = List.of(GATE_OF, PLACES, QUEUE);

    /** All of them, in the order of the reference page. */
    public static final List<Option<?>> ALL = List.of(
            BACKENDS,
            GATES,
            PROFILES,
            ALIASES,
            MODES,
            RULES,
            DEFAULT,
            UNKNOWN_MODEL,
            GUARDS,
            CLASSIFIERS,
            TASKS,
            LISTENERS,
            LEDGER,
            STATE_DIR,
            PROBE,
            MODELS_TABLE,
            EXPOSE,
            TRACES);

    private RouterOptions() {}

    private static Option<Map<String, ConfigNode>> table(String name, String what, String doc) {
        return Option.mapOf(name, Option.node("entry", what)).doc(doc).orElse(Map.of());
    }
}
