package dev.signalbox.core.config;

import dev.signalbox.api.Capability;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Support;
import dev.signalbox.core.dialect.Directive;
import dev.signalbox.core.translate.Manner;
import dev.signalbox.spi.PluginConfig;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * One configured backend: what its type reads, and what the engine reads itself.
 *
 * @param name its name
 * @param type its type
 * @param settings the type's own options
 * @param models what is said of models, by name; they may be asked for even if the server does not list them
 * @param capabilities what all its models can or cannot do, unless a model says otherwise
 * @param anyModel whether a model that is neither listed nor said may be asked for
 * @param host the host it shares memory with; empty: as its address says
 * @param systemPrompts what becomes of system prompts, by model; under the empty name, of all its models
 * @param midSystem who says what the system says in the middle of a conversation
 * @param manner how a request that is translated for it is said
 * @param linger how long a place stays taken where closing does not end a generation
 */
public record BackendSettings(
        String name,
        String type,
        PluginConfig settings,
        SequencedMap<String, ModelInfo> models,
        Map<Capability, Support> capabilities,
        boolean anyModel,
        Optional<String> host,
        Map<String, Directive> systemPrompts,
        MidSystem midSystem,
        Manner manner,
        Duration linger) {

    /** How long a place stays taken unless the backend says otherwise. */
    public static final Duration LINGER = Duration.ofSeconds(60);

    public BackendSettings {
        models = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(models));
        capabilities = Map.copyOf(capabilities);
        systemPrompts = Map.copyOf(systemPrompts);
    }

    /** A backend of which only its type's options are said. */
    public static BackendSettings of(String name, String type, PluginConfig settings) {
        return new BackendSettings(
                name,
                type,
                settings,
                new LinkedHashMap<>(),
                Map.of(),
                false,
                Optional.empty(),
                Map.of(),
                MidSystem.AUTO,
                Manner.USUAL,
                LINGER);
    }

    /** The same backend with these models said. */
    public BackendSettings withModels(SequencedMap<String, ModelInfo> said) {
        return new BackendSettings(
                name, type, settings, said, capabilities, anyModel, host, systemPrompts, midSystem, manner, linger);
    }

    /** The same backend, for which translated requests are said in that manner. */
    public BackendSettings withManner(Manner other) {
        return new BackendSettings(
                name, type, settings, models, capabilities, anyModel, host, systemPrompts, midSystem, other, linger);
    }

    /** What becomes of the system prompts of requests to that model. */
    public Directive systemPrompt(String model) {
        return systemPrompts.getOrDefault("", Directive.NONE).then(systemPrompts.getOrDefault(model, Directive.NONE));
    }
}
