package dev.signalbox.core.config;

import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.Where;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where settings were said: in which line of a file, or by code. Immutable.
 *
 * @param root what was written
 * @param byCode the paths of what code said, such as {@code profiles.coding}, which beats what was written
 * @param rules of each rule, in the order of {@link Settings#rules}
 * @param aliases of each alias, in the order of {@link Settings#aliases}
 */
public record Places(ConfigNode.Table root, Set<String> byCode, List<Where> rules, List<Where> aliases) {

    public Places {
        byCode = Set.copyOf(byCode);
        rules = List.copyOf(rules);
        aliases = List.copyOf(aliases);
    }

    /** The place of something in a section, or as near to it as anything was written. */
    public Where of(String section, String name, String... members) {
        String path = section + "." + name;
        if (byCode.contains(path)) {
            return Where.code(path);
        }
        Optional<ConfigNode> node = member(root, section).flatMap(table -> member(table, name));
        Where where = node.map(ConfigNode::where).orElseGet(() -> Where.code(path));
        for (String key : members) {
            node = node.flatMap(table -> member(table, key));
            where = node.map(ConfigNode::where).orElse(where.child(key));
        }
        return where;
    }

    /** Whether it was written, and code said nothing else. */
    public boolean written(String section, String name) {
        return !byCode.contains(section + "." + name)
                && member(root, section).flatMap(table -> member(table, name)).isPresent();
    }

    /** A section as it was written; empty if it was not. */
    public Optional<ConfigNode> section(String name) {
        return member(root, name);
    }

    private static Optional<ConfigNode> member(ConfigNode node, String name) {
        return node instanceof ConfigNode.Table table
                ? Optional.ofNullable(table.members().get(name))
                : Optional.empty();
    }
}
