package dev.signalbox.core.config;

import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.Option.Reference;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Where;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks that what options name is configured. */
record References(Reading reading) {

    /** Notes every name in the table that means nothing. */
    void check(List<Option<?>> options, ConfigNode.Table table) {
        for (Option<?> option : options) {
            ConfigNode node = table.members().get(option.name());
            if (node != null) {
                check(option, node);
            }
        }
    }

    private void check(Option<?> option, ConfigNode node) {
        switch (node) {
            case ConfigNode.Text text -> check(option.refersTo(), text);
            case ConfigNode.Sequence list -> list.items().forEach(item -> check(option, item));
            case ConfigNode.Table table when holds(option, table) -> check(option.members(), table);
            case ConfigNode.Table table -> table.members().values().forEach(value -> check(option, value));
        }
    }

    /** Whether a table has the members of a group, and is not a table of such groups by name. */
    private static boolean holds(Option<?> option, ConfigNode.Table table) {
        return option.members().stream().anyMatch(member -> table.members().containsKey(member.name()));
    }

    /** Notes every name that code has given an option and that means nothing. */
    void check(PluginConfig config) {
        for (Option<?> option : config.options()) {
            if (config.has(option)) {
                config.find(option)
                        .ifPresent(value -> check(option, value, config.where().child(option.name())));
            }
        }
    }

    private void check(Option<?> option, Object value, Where where) {
        switch (value) {
            case Optional<?> some -> some.ifPresent(inside -> check(option, inside, where));
            case List<?> list -> list.forEach(item -> check(option, item, where));
            case Map<?, ?> map -> map.values().forEach(item -> check(option, item, where));
            case PluginConfig group -> check(group);
            default -> check(option.refersTo(), new ConfigNode.Text(where, value.toString()));
        }
    }

    private void check(Reference reference, ConfigNode.Text text) {
        switch (reference) {
            case NOTHING, CALLER -> {}
            case TARGET -> reading.target(text);
            case USE -> reading.use(text);
            case PROFILE -> {
                if (!reading.profiles().contains(Reading.key(text.value()))) {
                    reading.problems().unknown(text.where(), "a profile", text.value(), reading.profiles());
                }
            }
        }
    }
}
