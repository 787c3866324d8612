package dev.signalbox.core.config;

import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Reads sections that name plugins by their types: guards, listeners, the ledger. */
record PluginReading(Reading reading) {

    <F extends PluginFactory<?>> SequencedMap<String, PluginConfig> read(
            Class<F> kind, String what, Map<String, ConfigNode> section) {
        SequencedMap<String, PluginConfig> settings = new LinkedHashMap<>();
        section.forEach(
                (type, node) -> settings(kind, what, type, node).ifPresent(config -> settings.put(type, config)));
        return settings;
    }

    /** Plugins by names of their own: each of the type that its member {@code type} says, else of the name's. */
    <F extends PluginFactory<?>> SequencedMap<String, Settings.Named> named(
            Class<F> kind, String what, Map<String, ConfigNode> section) {
        SequencedMap<String, Settings.Named> settings = new LinkedHashMap<>();
        section.forEach((name, node) -> {
            Optional<Settings.Named> one =
                    node instanceof ConfigNode.Table table && !table.members().containsKey("type")
                            ? settings(kind, what, name, node).map(config -> new Settings.Named(name, config))
                            : one(kind, what, node);
            one.ifPresent(said -> settings.put(name, said));
        });
        return settings;
    }

    /** One plugin, named by a word or by the member {@code type} of a table. */
    <F extends PluginFactory<?>> Optional<Settings.Named> one(Class<F> kind, String what, ConfigNode node) {
        if (node instanceof ConfigNode.Text text) {
            return settings(kind, what, text.value().strip(), ConfigNode.Table.empty(node.where()))
                    .map(config -> new Settings.Named(text.value().strip(), config));
        }
        return reading.table(node, "a %s's type, or a table with it".formatted(what))
                .flatMap(table -> {
                    SequencedMap<String, ConfigNode> members = new LinkedHashMap<>(table.members());
                    ConfigNode type = members.remove("type");
                    if (type == null) {
                        reading.problems()
                                .add(table.where().child("type"), "missing: needs a %s's type".formatted(what));
                        return Optional.empty();
                    }
                    return reading.text(type, "a %s's type".formatted(what))
                            .flatMap(word -> settings(kind, what, word, new ConfigNode.Table(table.where(), members))
                                    .map(config -> new Settings.Named(word, config)));
                });
    }

    private <F extends PluginFactory<?>> Optional<PluginConfig> settings(
            Class<F> kind, String what, String type, ConfigNode node) {
        Optional<F> factory = reading.plugins().find(kind, type);
        if (factory.isEmpty()) {
            reading.problems().add(node.where(), reading.plugins().missing(kind, type));
            return Optional.empty();
        }
        return reading.table(node, "a table of the %s's options".formatted(what))
                .map(table ->
                        reading.config(factory.get().options(), table, "an option of %s \"%s\"".formatted(what, type)));
    }
}
