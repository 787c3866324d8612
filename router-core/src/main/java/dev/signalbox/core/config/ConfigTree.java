package dev.signalbox.core.config;

import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.Problems;

/**
 * A configuration file as it was written.
 *
 * @param root its sections by name
 */
public record ConfigTree(ConfigNode.Table root) {

    /** A section that is a table, for whoever knows what it means; without members if it was not written. */
    public ConfigNode.Table section(String name, Problems problems) {
        return switch (root.members().get(name)) {
            case null -> ConfigNode.Table.empty(root.where().child(name));
            case ConfigNode.Table table -> table;
            case ConfigNode other -> {
                problems.add(other.where(), other.seen() + " is not a table");
                yield ConfigNode.Table.empty(other.where());
            }
        };
    }
}
