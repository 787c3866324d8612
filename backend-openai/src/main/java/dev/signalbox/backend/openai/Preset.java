package dev.signalbox.backend.openai;

import static dev.signalbox.backend.http.ErrorRule.says;
import static dev.signalbox.backend.http.ErrorRule.status;

import dev.signalbox.api.Capability;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Support;
import dev.signalbox.backend.http.ErrorRules;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a kind of server.
 *
 * @param name the word for it in configuration
 * @param health the path that says whether it is well; empty where only its list of models does
 * @param dialects what it takes
 * @param capabilities what all its models can or cannot do, as far as the server decides that
 * @param quirks what has to be changed before it takes a request
 * @param rules how to understand its errors
 */
record Preset(
        String name,
        Optional<String> health,
        Set<Dialect> dialects,
        Map<Capability, Support> capabilities,
        Set<Quirk> quirks,
        ErrorRules rules) {

    /** What a server of OpenAI's API can speak at all. */
    static final List<Dialect> SPOKEN = List.of(
            Dialect.OPENAI_CHAT,
            Dialect.OPENAI_COMPLETIONS,
            Dialect.OPENAI_EMBEDDINGS,
            Dialect.OPENAI_RESPONSES,
            Dialect.OPENAI_RERANK);

    private static final Set<Dialect> CHAT = Set.of(Dialect.OPENAI_CHAT, Dialect.OPENAI_COMPLETIONS);
    private static final Set<Dialect> CLASSIC =
            Set.of(Dialect.OPENAI_CHAT, Dialect.OPENAI_COMPLETIONS, Dialect.OPENAI_EMBEDDINGS);
    private static final Set<Dialect> MODERN = Set.of(
            Dialect.OPENAI_CHAT, Dialect.OPENAI_COMPLETIONS, Dialect.OPENAI_EMBEDDINGS, Dialect.OPENAI_RESPONSES);

    static final Preset GENERIC =
            new Preset("generic", Optional.empty(), CLASSIC, Map.of(), Set.of(Quirk.NO_NULLS), ErrorRules.shared());

    /** Its newer models take only the newer name of the limit, and its older ones take both. */
    private static final Preset OPENAI = new Preset(
            "openai",
            Optional.empty(),
            MODERN,
            Map.of(Capability.RERANK, Support.NO),
            Set.of(Quirk.MAX_COMPLETION_TOKENS),
            ErrorRules.shared());

    /** Inside a stream it gives every error the status 422, so that only the text tells what it was. */
    private static final Preset TGI = new Preset(
            "tgi",
            Optional.of("/health"),
            CHAT,
            Map.of(Capability.EMBEDDINGS, Support.NO, Capability.RERANK, Support.NO),
            Set.of(Quirk.NO_NULLS, Quirk.MODEL_TGI, Quirk.STOP_LIST, Quirk.TOP_P_BETWEEN, Quirk.TOOLS_WITHOUT_FORMAT),
            ErrorRules.shared()
                    .preceded(says(FailureKind.UNREACHABLE, "unhealthy").under(503))
                    .followed(
                            says(FailureKind.REJECTED, "input validation error", "template error", "tool error"),
                            status(FailureKind.SERVER_ERROR, 424)));

    /** Its {@code /health} generates a token and takes a second, so it is not asked. */
    private static final Preset SGLANG = new Preset(
            "sglang", Optional.empty(), Set.copyOf(SPOKEN), Map.of(), Set.of(Quirk.NO_NULLS), ErrorRules.shared());

    private static final Preset LOCALAI = new Preset(
            "localai",
            Optional.of("/readyz"),
            Set.copyOf(SPOKEN),
            Map.of(),
            Set.of(Quirk.NO_NULLS),
            ErrorRules.shared()
                    .preceded(says(FailureKind.LOADING, "startup preload in progress", "\"status\":\"starting\"")
                            .under(503)));

    /** It answers any path with 200, so what is not there is known by the text alone. */
    private static final Preset LMSTUDIO = new Preset(
            "lmstudio",
            Optional.empty(),
            MODERN,
            Map.of(Capability.RERANK, Support.NO),
            Set.of(Quirk.NO_NULLS, Quirk.TOOL_CHOICE_WORDS),
            ErrorRules.shared().preceded(says(FailureKind.UNSUPPORTED, "unexpected endpoint or method")));

    private static final List<Preset> ALL = List.of(GENERIC, OPENAI, TGI, SGLANG, LOCALAI, LMSTUDIO);

    Preset {
        dialects = Set.copyOf(dialects);
        capabilities = Map.copyOf(capabilities);
        quirks = Set.copyOf(quirks);
    }

    /** The words for all of them. */
    static List<String> names() {
        return ALL.stream().map(Preset::name).toList();
    }

    /** The one of that name, which the option has checked. */
    static Preset named(String name) {
        return ALL.stream()
                .filter(preset -> preset.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no preset \"%s\"".formatted(name)));
    }

    /** The same with another path, or none if it is {@code none}. */
    Preset withHealth(String path) {
        Optional<String> asked = Optional.of(path).filter(one -> !one.equals("none"));
        return new Preset(name, asked, dialects, capabilities, quirks, rules);
    }

    /** The same, taking the dialects of these ids. */
    Preset withDialects(Collection<String> ids) {
        List<Dialect> spoken =
                SPOKEN.stream().filter(dialect -> ids.contains(dialect.id())).toList();
        return new Preset(name, health, Set.copyOf(spoken), capabilities, quirks, rules);
    }

    /** The same with these quirks and no others. */
    Preset withQuirks(Collection<Quirk> some) {
        return new Preset(name, health, dialects, capabilities, Set.copyOf(some), rules);
    }
}
