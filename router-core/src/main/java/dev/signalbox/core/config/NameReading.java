package dev.signalbox.core.config;

import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.Glob;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads what names mean: aliases. */
record NameReading(Reading reading) {

    private static final Option<ConfigNode> USE =
            Option.node("use", "a profile or target").doc("The profile or target it means.");
    private static final Option<Boolean> FALLBACK = Option.flag("fallback")
            .doc("Whether a chain may be gone past its first target.")
            .orElse(true);

    /** What the table of an alias may say. */
    static final List<Option<?>> ALIAS = List.of(USE, FALLBACK);

    List<Alias> aliases(List<Map.Entry<String, ConfigNode>> section) {
        List<Alias> aliases = new ArrayList<>();
        Map<String, ConfigNode> seen = new HashMap<>();
        for (Map.Entry<String, ConfigNode> each : section) {
            String name = each.getKey();
            ConfigNode node = each.getValue();
            ConfigNode before = seen.put(name.strip().toLowerCase(Locale.ROOT), node);
            if (before != null || reading.profiles().contains(name.strip().toLowerCase(Locale.ROOT))) {
                reading.problems()
                        .add(
                                node.where(),
                                "\"%s\" is already the name of %s; names compare without case"
                                        .formatted(name, before != null ? "another alias" : "a profile"));
            }
            alias(name.strip(), node).ifPresent(aliases::add);
        }
        return aliases;
    }

    private Optional<Alias> alias(String name, ConfigNode node) {
        if (node instanceof ConfigNode.Table table) {
            PluginConfig config = PluginConfig.read(ALIAS, table, "an option of an alias", reading.problems());
            return config.has(USE)
                    ? reading.use(config.get(USE)).map(use -> new Alias(new Glob(name), use, config.get(FALLBACK)))
                    : Optional.empty();
        }
        return reading.use(node).map(use -> new Alias(new Glob(name), use, true));
    }
}
