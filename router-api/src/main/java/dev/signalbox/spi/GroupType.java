package dev.signalbox.spi;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A table with members of its own. */
record GroupType(List<Option<?>> members) implements OptionType<PluginConfig> {

    GroupType {
        members = List.copyOf(members);
    }

    @Override
    public Optional<PluginConfig> read(ConfigNode node, Problems problems) {
        if (!(node instanceof ConfigNode.Table table)) {
            problems.add(node.where(), "%s is not %s".formatted(node.seen(), words()));
            return Optional.empty();
        }
        return Optional.of(PluginConfig.read(members, table, "an option here", problems));
    }

    @Override
    public void check(PluginConfig value, Where where, Problems problems) {
        value.check(problems);
    }

    @Override
    public Stream<String> secrets(PluginConfig value, boolean all) {
        return value.secrets(all);
    }

    @Override
    public String words() {
        return "a table";
    }

    @Override
    public String show(PluginConfig value) {
        return value.toString();
    }
}
