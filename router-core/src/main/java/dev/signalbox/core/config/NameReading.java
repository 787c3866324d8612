package dev.signalbox.core.config;

import dev.signalbox.api.Priority;
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

    private static final Option<Optional<ConfigNode>> USE = Option.node("use", "a profile or target")
            .doc("The profile or target it means.")
            .optional();
    private static final Option<Boolean> FALLBACK = Option.flag("fallback")
            .doc("Whether a chain may be gone past its first target.")
            .orElse(true);

    private static final Option<Optional<Priority>> PRIORITY = Option.choice("priority", Priority.class)
            .doc("How urgent requests for it are, unless the header `X-Signalbox-Priority` says so.")
            .optional();
    private static final Option<Boolean> NOT_CONFIGURED = Option.flag("not-configured")
            .doc("Whether the name is known and nobody serves it: 503 `provider_not_configured`.")
            .orElse(false);

    /** What the table of an alias may say. */
    static final List<Option<?>> ALIAS = List.of(USE, FALLBACK, PRIORITY, NOT_CONFIGURED);

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
            return use(config).map(use -> new Alias(new Glob(name), use, config.get(FALLBACK), config.get(PRIORITY)));
        }
        return reading.use(node).map(use -> Alias.of(name, use));
    }

    private Optional<Use> use(PluginConfig config) {
        boolean nowhere = config.get(NOT_CONFIGURED);
        Optional<ConfigNode> said = config.get(USE);
        if (nowhere == said.isPresent()) {
            reading.problems().add(config.where(), "needs either use: PROFILE or not-configured: true");
        }
        return nowhere ? Optional.of(new Use.Nowhere()) : said.flatMap(reading::use);
    }
}
