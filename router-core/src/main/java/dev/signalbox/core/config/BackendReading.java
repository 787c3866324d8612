package dev.signalbox.core.config;

import dev.signalbox.api.Capability;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Support;
import dev.signalbox.core.dialect.Directive;
import dev.signalbox.core.translate.Budgets;
import dev.signalbox.core.translate.Manner;
import dev.signalbox.spi.BackendFactory;
import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Problems;
import dev.signalbox.spi.Where;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Reads the section {@code backends}. */
record BackendReading(Reading reading) {

    SequencedMap<String, BackendSettings> read(Map<String, ConfigNode> section) {
        SequencedMap<String, BackendSettings> backends = new LinkedHashMap<>();
        section.forEach((name, node) -> {
            reading.requireName(node.where(), "backend", name);
            reading.table(node, "a backend such as { type: TYPE }")
                    .flatMap(table -> backend(name, table))
                    .ifPresent(backend -> backends.put(name, backend));
        });
        return backends;
    }

    private Optional<BackendSettings> backend(String name, ConfigNode.Table table) {
        ConfigNode type = table.members().get(BackendOptions.TYPE.name());
        if (type == null) {
            reading.problems()
                    .add(
                            table.where().child("type"),
                            "missing: needs one of "
                                    + String.join(", ", reading.plugins().types(BackendFactory.class)));
            return Optional.empty();
        }
        return reading.text(type, "a backend type")
                .flatMap(word -> factory(type.where(), word))
                .map(factory -> {
                    List<Option<?>> options = new ArrayList<>(BackendOptions.ALL);
                    options.addAll(factory.options());
                    PluginConfig config = reading.config(
                            options, table, "an option of backend type \"%s\"".formatted(factory.type()));
                    return new BackendSettings(
                            name,
                            factory.type(),
                            config,
                            models(config),
                            capabilities(config.get(BackendOptions.CAPABILITIES)),
                            config.get(BackendOptions.ANY_MODEL),
                            config.get(BackendOptions.HOST),
                            systemPrompts(config),
                            config.get(BackendOptions.MID_SYSTEM),
                            manner(config),
                            config.get(BackendOptions.LINGER));
                });
    }

    private static Manner manner(PluginConfig config) {
        return new Manner(
                Manner.MidSystem.SYSTEM, // until it turns out that a model refuses that
                config.get(BackendOptions.EFFORT),
                Budgets.USUAL.with(config.get(BackendOptions.EFFORT_TOKENS)),
                config.get(BackendOptions.ANSWER_TOKENS));
    }

    /** The type of that name, or nothing and a problem. */
    Optional<BackendFactory> factory(Where where, String type) {
        Optional<BackendFactory> factory = reading.plugins().backend(type);
        if (factory.isEmpty()) {
            reading.problems().add(where, reading.plugins().missing(BackendFactory.class, type));
        }
        return factory;
    }

    private SequencedMap<String, ModelInfo> models(PluginConfig config) {
        SequencedMap<String, ModelInfo> models = new LinkedHashMap<>();
        config.get(BackendOptions.MODELS).ifPresent(node -> {
            switch (node) {
                case ConfigNode.Sequence names ->
                    names.items()
                            .forEach(each -> reading.text(each, "a model's name")
                                    .ifPresent(name -> models.put(name, ModelInfo.named(name))));
                case ConfigNode.Table table ->
                    table.members()
                            .forEach((name, each) -> BackendOptions.MODEL
                                    .read(each, reading.problems())
                                    .ifPresent(said -> models.put(name, model(name, said))));
                case ConfigNode.Text text -> models.put(text.value(), ModelInfo.named(text.value()));
            }
        });
        return models;
    }

    private Map<String, Directive> systemPrompts(PluginConfig config) {
        Map<String, Directive> prompts = new HashMap<>();
        prompts.put("", SystemPromptOptions.read(config.get(BackendOptions.SYSTEM_PROMPT), reading.problems()));
        config.get(BackendOptions.MODELS)
                .filter(ConfigNode.Table.class::isInstance)
                .map(ConfigNode.Table.class::cast)
                .ifPresent(table -> table.members()
                        .forEach((name, each) -> BackendOptions.MODEL
                                .read(each, new Problems()) // they were told when the models were read
                                .map(said -> said.get(BackendOptions.SYSTEM_PROMPT))
                                .ifPresent(said ->
                                        prompts.put(name, SystemPromptOptions.read(said, reading.problems())))));
        return prompts;
    }

    private ModelInfo model(String name, PluginConfig said) {
        ModelInfo model = ModelInfo.named(name);
        for (Map.Entry<Capability, Support> each :
                capabilities(said.get(BackendOptions.CAPABILITIES)).entrySet()) {
            model = model.with(each.getKey(), each.getValue());
        }
        model = said.get(BackendOptions.CONTEXT).map(model::withContext).orElse(model);
        model = said.get(BackendOptions.TOKEN_MEMORY)
                .map(model::withTokenMemory)
                .orElse(model);
        return said.get(BackendOptions.MEMORY).map(model::withMemory).orElse(model);
    }

    /** A name that is none has been noted where it was read. */
    private static Map<Capability, Support> capabilities(Map<String, Support> said) {
        Map<Capability, Support> capabilities = new EnumMap<>(Capability.class);
        said.forEach(
                (name, support) -> Capability.of(name).ifPresent(capability -> capabilities.put(capability, support)));
        return capabilities;
    }
}
