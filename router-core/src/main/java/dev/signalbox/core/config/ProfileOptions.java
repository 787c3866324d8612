package dev.signalbox.core.config;

import dev.signalbox.api.Capability;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Priority;
import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a profile may say. */
public final class ProfileOptions {

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofDays(7);

    public static final Option<ConfigNode> CHAIN = Option.node("chain", "a list of targets and pools")
            .doc("The targets to try, in order: `[ gpu/qwen3, { any-of: [ a/m, b/m ], by: SELECTOR } ]`.");

    public static final Option<Duration> TOTAL =
            limit("total", Limits.DEFAULT.total()).doc("The whole request, from arrival to the last byte.");
    public static final Option<Duration> WAIT =
            limit("wait", Limits.DEFAULT.waiting()).doc("Waiting for a place.");
    public static final Option<Duration> FIRST_CONTENT = limit("first-content", Limits.DEFAULT.firstContent())
            .doc("From being let in to the first content of a streamed answer; loading the model included.");
    public static final Option<Duration> IDLE =
            limit("idle", Limits.DEFAULT.idle()).doc("A streamed answer without any byte.");
    public static final Option<Duration> MAX_OVERTAKEN = limit("max-overtaken", Limits.DEFAULT.maxOvertaken())
            .doc("How long requests that can start may pass over one that cannot.");

    public static final List<Option<?>> LIMIT_OPTIONS = List.of(TOTAL, WAIT, FIRST_CONTENT, IDLE, MAX_OVERTAKEN);

    public static final Option<Optional<PluginConfig>> LIMITS = Option.group("limits", LIMIT_OPTIONS)
            .doc("How long things may take.")
            .optional();

    public static final Option<List<FailureKind>> FALL_BACK_ON = Option.listOf(
                    "fall-back-on", Option.choice("kind", FailureKind.class))
            .doc("The kinds of failure after which the next target is tried. `loading` waits instead; `rejected` and"
                    + " `defect` never fall back.")
            .orElse(FailureKind.fallBackByDefault().stream().sorted().toList());

    public static final Option<Long> RETRY_TIMES =
            Option.integer("times", 1, 20).doc("How often at most.").orElse(2L);
    public static final Option<Duration> RETRY_BACKOFF = Option.duration(
                    "backoff", Duration.ofMillis(10), Duration.ofMinutes(5))
            .doc("How long it waits the first time, give or take a half; each time twice as long. The server's own"
                    + " `Retry-After` is kept where it is longer.")
            .orElse(Retry.NEVER.backoff());
    public static final Option<List<FailureKind>> RETRY_ON = Option.listOf(
                    "on", Option.choice("kind", FailureKind.class))
            .doc("The kinds of failure after which it is tried again.")
            .orElse(List.of(FailureKind.OVERLOADED));
    public static final List<Option<?>> RETRY_OPTIONS = List.of(RETRY_TIMES, RETRY_BACKOFF, RETRY_ON);
    public static final Option<Optional<PluginConfig>> RETRY = Option.group("retry", RETRY_OPTIONS)
            .doc("Tries the same target again before the next one; its place is free for others meanwhile. Nothing is"
                    + " tried again unless this is said.")
            .optional();

    public static final Option<Map<String, String>> ON = Option.mapOf("on", Option.profile("profile"))
            .doc("The profile to go on in instead of the rest of the chain, by kind of failure:"
                    + " `{ context-overflow: long-context, out-of-memory: small }`.")
            .orElse(Map.of());

    public static final Option<Long> ATTEMPTS =
            Option.integer("attempts", 1, 100).doc("How many attempts at most.").orElse((long) Profile.ATTEMPTS);

    public static final Option<Boolean> SPILL = Option.flag("spill")
            .doc("Whether a later target is taken while an earlier one is full; `no` waits for the first.")
            .orElse(true);

    public static final Option<List<Capability>> MAY_DROP = Option.listOf(
                    "may-drop", Option.choice("capability", Capability.class))
            .doc("Capabilities that may be stripped from a request to make a target fit; nothing else ever is.")
            .orElse(List.of());

    public static final Option<Boolean> LOSSLESS = Option.flag("lossless")
            .doc(
                    "Whether a target is left out that a request would have to be translated for, and would lose something by"
                            + " it. Otherwise it is asked, and the header `X-Signalbox-Dropped` says what was lost.")
            .orElse(false);

    public static final Option<Optional<PluginConfig>> SYSTEM_PROMPT =
            SystemPromptOptions.group("in this profile, before those of the backend's own");

    public static final Option<Map<String, ConfigNode>> GUARDS = Option.mapOf(
                    "guards", Option.node("settings", "a table of the guard's options"))
            .doc("Settings of guards in this profile, by the guard's type.")
            .orElse(Map.of());

    public static final Option<Optional<Priority>> PRIORITY = Option.choice("priority", Priority.class)
            .doc("How urgent its requests are in the waiting room, unless the header `X-Signalbox-Priority` or an alias"
                    + " says so: `foreground`, `normal` or `background`.")
            .optional();

    /** All of them, in the order of the reference page. */
    public static final List<Option<?>> ALL = List.of(
            CHAIN,
            LIMITS,
            FALL_BACK_ON,
            RETRY,
            ON,
            ATTEMPTS,
            SPILL,
            MAY_DROP,
            LOSSLESS,
            SYSTEM_PROMPT,
            PRIORITY,
            GUARDS);

    private ProfileOptions() {}

    private static Option<Duration> limit(String name, Duration otherwise) {
        return Option.duration(name, SHORTEST, LONGEST).orElse(otherwise);
    }
}
