package dev.signalbox.core.config;

import dev.signalbox.api.Capability;
import dev.signalbox.api.Support;
import dev.signalbox.core.translate.Budgets;
import dev.signalbox.core.translate.Manner;
import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the engine itself reads of a backend, whatever its type. */
public final class BackendOptions {

    static final Option<String> TYPE =
            Option.text("type").doc("The kind of server: one of the backend types below, or a plugin's.");

    static final Option<Optional<Long>> CONTEXT = Option.integer("context", 1, 100_000_000)
            .doc("How many tokens of prompt and answer fit.")
            .optional();

    static final Option<Optional<Long>> MEMORY = Option.size("memory", 1, 1L << 50)
            .doc("How much memory the model takes when it is loaded.")
            .optional();

    static final Option<Optional<Long>> TOKEN_MEMORY = Option.size("token-memory", 1, 1L << 30)
            .doc("How much memory each token of its context takes, where the server does not tell.")
            .optional();

    static final Option<Map<String, Support>> CAPABILITIES = Option.mapOf(
                    "capabilities",
                    Option.choice("support", Support.class),
                    "a capability",
                    Arrays.stream(Capability.values()).map(Capability::id).toList())
            .doc(
                    "What models can do, `yes`, `no` or `unknown`, by capability: `{ tools: yes, vision: no }`. Beats what the"
                            + " server says.")
            .orElse(Map.of());

    static final Option<Optional<PluginConfig>> SYSTEM_PROMPT = SystemPromptOptions.group("to its models");

    /** What may be said of one model. */
    static final Option<PluginConfig> MODEL =
            Option.group("model", List.of(CONTEXT, MEMORY, TOKEN_MEMORY, CAPABILITIES, SYSTEM_PROMPT));

    static final Option<Optional<ConfigNode>> MODELS = Option.node(
                    "models", "a table of models by name, or a list of names")
            .doc(
                    "What is known of models, by name: `{ qwen3-coder-30b: { context: 131072 } }`, or just their names in a"
                            + " list. They may be asked for even if the server does not list them. Each may say `context` (tokens),"
                            + " `memory` (size), `token-memory` (size), `capabilities` and `system-prompt`.")
            .optional();

    static final Option<MidSystem> MID_SYSTEM = Option.choice("mid-system", MidSystem.class)
            .doc(
                    "Who says what a client has the system say in the middle of a conversation: the `system`, the `user`, or"
                            + " `auto`: the system, until a model refuses that. It stays where it was said.")
            .orElse(MidSystem.AUTO);

    static final Option<Manner.Effort> EFFORT = Option.choice("effort", Manner.Effort.class)
            .doc(
                    "How a request that is translated to Anthropic's dialect says how much its model thinks: as a number of"
                            + " `tokens`, which most servers know, or as a `level`, which the newest models want to hear.")
            .orElse(Manner.USUAL.effort());

    static final Option<Map<String, Long>> EFFORT_TOKENS = Option.mapOf(
                    "effort-tokens",
                    Option.integer("tokens", Budgets.LEAST, 10_000_000),
                    "a level",
                    List.of("minimal", "low", "medium", "high", "max"))
            .doc(
                    "How many tokens a level of effort comes to where requests are translated, as in `{ high: 24000 }`. Unless"
                            + " said: `minimal` 1024, `low` 2048, `medium` 8192, `high` 16384, `max` 32768.")
            .orElse(Map.of());

    static final Option<Long> ANSWER_TOKENS = Option.integer("answer-tokens", 1, 100_000_000)
            .doc("How many tokens an answer may have where the client does not say, and the server has to be told.")
            .orElse(Manner.USUAL.most());

    static final Option<Boolean> ANY_MODEL = Option.flag("any-model")
            .doc("Whether to send models that the server neither lists nor `models` names. Some servers would download"
                    + " them.")
            .orElse(false);

    static final Option<Optional<String>> HOST = Option.text("host")
            .doc("The machine whose memory it shares with other backends, if its address does not tell.")
            .optional();

    static final Option<Duration> LINGER = Option.duration("linger", Duration.ZERO, Duration.ofHours(1))
            .doc("How long a place stays taken after a client left, where the server goes on generating.")
            .orElse(BackendSettings.LINGER);

    /** All of them, in the order of the reference page. */
    public static final List<Option<?>> ALL = List.of(
            TYPE,
            MODELS,
            CAPABILITIES,
            SYSTEM_PROMPT,
            MID_SYSTEM,
            EFFORT,
            EFFORT_TOKENS,
            ANSWER_TOKENS,
            ANY_MODEL,
            HOST,
            LINGER);

    private BackendOptions() {}
}
