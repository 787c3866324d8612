package dev.signalbox.spi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** A table with members of its own, or just the value of the first of them. */
record GroupOrFirstType(Option<?> first, List<Option<?>> others) implements OptionType<PluginConfig> {

    @Override
    public Optional<PluginConfig> read(ConfigNode node, Problems problems) {
        Problems own = new Problems();
        PluginConfig config = PluginConfig.read(members(), table(node), "an option here", own);
        own.list().forEach(problem -> problems.add(problem.where(), problem.message()));
        return own.isEmpty() ? Optional.of(config) : Optional.empty();
    }

    @Override
    public void check(PluginConfig value, Where where, Problems problems) {
        value.check(problems);
    }

    private ConfigNode.Table table(ConfigNode node) {
        if (node instanceof ConfigNode.Table table) {
            return table;
        }
        SequencedMap<String, ConfigNode> members = new LinkedHashMap<>();
        members.put(first.name(), node);
        return new ConfigNode.Table(node.where(), members);
    }

    @Override
    public Stream<String> secrets(PluginConfig value, boolean all) {
        return value.secrets(all);
    }

    @Override
    public String words() {
        return "%s, or a table with it".formatted(first.type());
    }

    @Override
    public List<Option<?>> members() {
        return Stream.concat(Stream.of(first), others.stream()).toList();
    }
}
