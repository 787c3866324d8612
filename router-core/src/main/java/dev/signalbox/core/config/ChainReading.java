package dev.signalbox.core.config;

import dev.signalbox.api.Target;
import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.SelectorFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Reads a chain: targets and pools in their order. */
record ChainReading(Reading reading) {

    private static final String SHAPE = "a target such as gpu/qwen3:8b, or a pool such as { any-of: [ a/m, b/m ] }";

    List<Profile.Entry> read(ConfigNode node) {
        List<ConfigNode> items = node instanceof ConfigNode.Sequence list ? list.items() : List.of(node);
        if (items.isEmpty()) {
            reading.problems().add(node.where(), "an empty chain; it needs at least one target such as gpu/qwen3:8b");
        }
        return items.stream().flatMap(item -> entry(item).stream()).toList();
    }

    private Optional<Profile.Entry> entry(ConfigNode node) {
        if (node instanceof ConfigNode.Text) {
            return reading.target(node).map(Profile.Entry.One::new);
        }
        return reading.table(node, SHAPE).flatMap(this::entryOf);
    }

    private Optional<Profile.Entry> entryOf(ConfigNode.Table table) {
        ConfigNode anyOf = table.members().get("any-of");
        if (anyOf != null) {
            return Optional.of(pool(table, anyOf));
        }
        ConfigNode target = table.members().get("target");
        if (target == null || table.members().size() > 1) {
            reading.problems().add(table.where(), "this table is not " + SHAPE);
            return Optional.empty();
        }
        return reading.target(target).map(Profile.Entry.One::new);
    }

    private Profile.Entry pool(ConfigNode.Table table, ConfigNode anyOf) {
        Optional<SelectorFactory> selector = selector(table);
        List<Option<?>> options = selector.map(SelectorFactory::options).orElse(List.of());
        List<Option<?>> entryOptions =
                selector.map(SelectorFactory::entryOptions).orElse(List.of());
        PluginConfig settings = reading.config(options, without(table, "any-of", "by"), "an option of this pool");
        List<ConfigNode> items = anyOf instanceof ConfigNode.Sequence list ? list.items() : List.of(anyOf);
        if (items.isEmpty()) {
            reading.problems().add(anyOf.where(), "an empty pool; it needs at least one target such as gpu/qwen3:8b");
        }
        List<Profile.Entry.Member> members = items.stream()
                .flatMap(item -> member(item, entryOptions).stream())
                .toList();
        return new Profile.Entry.Pool(members, selector.map(SelectorFactory::type), settings);
    }

    private Optional<SelectorFactory> selector(ConfigNode.Table table) {
        ConfigNode by = table.members().get("by");
        if (by == null) {
            return Optional.empty();
        }
        return reading.text(by, "a selector's name").flatMap(type -> {
            Optional<SelectorFactory> factory = reading.plugins().selector(type);
            if (factory.isEmpty()) {
                reading.problems().add(by.where(), reading.plugins().missing(SelectorFactory.class, type));
            }
            return factory;
        });
    }

    private Optional<Profile.Entry.Member> member(ConfigNode node, List<Option<?>> options) {
        if (!(node instanceof ConfigNode.Table table)) {
            return reading.target(node).map(target -> member(target, options, ConfigNode.Table.empty(node.where())));
        }
        ConfigNode target = table.members().get("target");
        if (target == null) {
            reading.problems().add(table.where().child("target"), "missing: needs a target such as gpu/qwen3:8b");
            return Optional.empty();
        }
        return reading.target(target).map(good -> member(good, options, without(table, "target")));
    }

    private Profile.Entry.Member member(Target target, List<Option<?>> options, ConfigNode.Table table) {
        return new Profile.Entry.Member(target, reading.config(options, table, "an option of a target in this pool"));
    }

    private static ConfigNode.Table without(ConfigNode.Table table, String... names) {
        SequencedMap<String, ConfigNode> members = new LinkedHashMap<>(table.members());
        List.of(names).forEach(members::remove);
        return new ConfigNode.Table(table.where(), members);
    }
}
