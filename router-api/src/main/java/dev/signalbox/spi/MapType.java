package dev.signalbox.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A table with free names and values of one type. */
record MapType<T>(Option<T> value) implements OptionType<Map<String, T>> {

    @Override
    public Optional<Map<String, T>> read(ConfigNode node, Problems problems) {
        if (!(node instanceof ConfigNode.Table table)) {
            problems.add(node.where(), "%s is not %s".formatted(node.seen(), words()));
            return Optional.empty();
        }
        Map<String, T> values = new LinkedHashMap<>();
        table.members().forEach((key, each) -> value.read(each, problems).ifPresent(v -> values.put(key, v)));
        return values.size() == table.members().size()
                ? Optional.of(Collections.unmodifiableMap(values))
                : Optional.empty();
    }

    @Override
    public void check(Map<String, T> values, Where where, Problems problems) {
        values.forEach((key, each) -> value.check(each, where.child(key), problems));
    }

    @Override
    public String words() {
        return "a table of names, each " + value.type();
    }

    @Override
    public String show(Map<String, T> values) {
        return values.isEmpty() ? "{}" : values.keySet().toString();
    }

    @Override
    public List<Option<?>> members() {
        return value.members();
    }

    @Override
    public Option.Reference refersTo() {
        return value.refersTo();
    }
}
