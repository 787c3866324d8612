package dev.signalbox.backend.openai;

import static dev.signalbox.backend.http.ErrorRule.says;

import dev.signalbox.api.Capability;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Support;
import dev.signalbox.backend.http.ErrorRules;
import dev.signalbox.backend.http.SaidDialects;
import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.PluginConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What is known of servers, as data. A new kind of server is a new constant here. */
final class Presets {

    private static final Set<Dialect> CHAT = Set.of(Dialect.OPENAI_CHAT, Dialect.OPENAI_COMPLETIONS);
    private static final Set<Dialect> CLASSIC =
            Set.of(Dialect.OPENAI_CHAT, Dialect.OPENAI_COMPLETIONS, Dialect.OPENAI_EMBEDDINGS);
    private static final Set<Dialect> MODERN = Set.of(
            Dialect.OPENAI_CHAT, Dialect.OPENAI_COMPLETIONS, Dialect.OPENAI_EMBEDDINGS, Dialect.OPENAI_RESPONSES);

    private static final Set<Dialect> RANKING = Set.of(
            Dialect.OPENAI_CHAT,
            Dialect.OPENAI_COMPLETIONS,
            Dialect.OPENAI_EMBEDDINGS,
            Dialect.OPENAI_RESPONSES,
            Dialect.OPENAI_RERANK);
    private static final Set<Dialect> BOTH_APIS = Set.of(
            Dialect.OPENAI_CHAT,
            Dialect.OPENAI_COMPLETIONS,
            Dialect.OPENAI_EMBEDDINGS,
            Dialect.OPENAI_RESPONSES,
            Dialect.ANTHROPIC_MESSAGES);

    static final Preset GENERIC = new Preset(
            "generic", Optional.empty(), CLASSIC, Map.of(), Map.of(), List.of(Quirk.NO_NULLS), ErrorRules.shared());

    /** Its newer models take only the newer name of the limit, and its older ones take both. */
    private static final Preset OPENAI = new Preset(
            "openai",
            Optional.empty(),
            MODERN,
            Map.of(),
            Map.of(Capability.RERANK, Support.NO),
            List.of(Quirk.MAX_COMPLETION_TOKENS, Quirk.NO_REASONING_CONTENT),
            ErrorRules.shared());

    /** Inside a stream it gives every error the status 422, so that only the text tells what it was. */
    private static final Preset TGI = new Preset(
            "tgi",
            Optional.of("/health"),
            CHAT,
            Map.of(),
            Map.of(Capability.EMBEDDINGS, Support.NO, Capability.RERANK, Support.NO),
            List.of(Quirk.NO_NULLS, Quirk.MODEL_TGI, Quirk.STOP_LIST, Quirk.TOP_P_BETWEEN, Quirk.TOOLS_WITHOUT_FORMAT),
            ErrorRules.shared()
                    .preceded(says(FailureKind.UNREACHABLE, "unhealthy").under(503))
                    .followed(says(FailureKind.REJECTED, "input validation error", "template error", "tool error")));

    /** Its {@code /health} generates a token and takes a second, so it is not asked. */
    private static final Preset SGLANG = new Preset(
            "sglang", Optional.empty(), RANKING, Map.of(), Map.of(), List.of(Quirk.NO_NULLS), ErrorRules.shared());

    private static final Preset LOCALAI = new Preset(
            "localai",
            Optional.of("/readyz"),
            RANKING,
            Map.of(),
            Map.of(),
            List.of(Quirk.NO_NULLS),
            ErrorRules.shared()
                    .preceded(says(FailureKind.LOADING, "startup preload in progress", "\"status\":\"starting\"")
                            .under(503)));

    private static final Preset.Sign LISTS_OF_ITS_OWN = new Preset.Sign("/api/v1/models", "models");

    /**
     * It answers any path with 200, so what is not there is known by the text alone. It takes responses since 0.3.29 and
     * Anthropic's messages since 0.4.1; it does not tell its version, but it has lists of its own since 0.4.0.
     */
    private static final Preset LMSTUDIO = new Preset(
            "lmstudio",
            Optional.empty(),
            BOTH_APIS,
            Map.of(Dialect.ANTHROPIC_MESSAGES, LISTS_OF_ITS_OWN, Dialect.OPENAI_RESPONSES, LISTS_OF_ITS_OWN),
            Map.of(Capability.RERANK, Support.NO),
            List.of(Quirk.NO_NULLS, Quirk.TOOL_CHOICE_WORDS),
            ErrorRules.shared().preceded(says(FailureKind.UNSUPPORTED, "unexpected endpoint or method")));

    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*");
    private static final List<Preset> ALL = List.of(GENERIC, OPENAI, TGI, SGLANG, LOCALAI, LMSTUDIO);

    private Presets() {}

    /** The words for all of them. */
    static List<String> names() {
        return ALL.stream().map(Preset::name).toList();
    }

    /**
     * The preset that configuration names, with everything that it says otherwise.
     *
     * @throws ConfigurationException if it leaves no dialect, or names no path
     */
    static Preset read(PluginConfig config) {
        Preset preset = named(config.get(OpenAiBackendFactory.PRESET));
        preset = config.get(OpenAiBackendFactory.HEALTH)
                .map(path -> healthy(path, config))
                .map(preset::withHealth)
                .orElse(preset);
        preset = SaidDialects.read(config, OpenAiBackendFactory.DIALECTS, Preset.SPOKEN)
                .map(preset::withDialects)
                .orElse(preset);
        return config.get(OpenAiBackendFactory.QUIRKS)
                .map(words -> words.stream().map(Quirk::of).toList())
                .map(preset::withQuirks)
                .orElse(preset);
    }

    private static Preset named(String name) {
        return ALL.stream()
                .filter(preset -> preset.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no preset \"%s\"".formatted(name)));
    }

    private static String healthy(String path, PluginConfig config) {
        if (path.equals("none") || PATH.matcher(path).matches()) {
            return path;
        }
        throw new ConfigurationException(
                config.where().child(OpenAiBackendFactory.HEALTH.name()),
                "\"%s\" is neither `none` nor a path such as /health".formatted(path));
    }
}
