package dev.signalbox.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A table with values of one type, by names that are free or of a list.
 *
 * @param what what a name that is not of the list is not: {@code a dialect}
 * @param known the names there are; none: they are free
 */
record MapType<T>(Option<T> value, String what, List<String> known) implements OptionType<Map<String, T>> {

    @Override
    public Optional<Map<String, T>> read(ConfigNode node, Problems problems) {
        if (!(node instanceof ConfigNode.Table table)) {
            problems.add(node.where(), "%s is not %s".formatted(node.seen(), words()));
            return Optional.empty();
        }
        Map<String, T> values = new LinkedHashMap<>();
        table.members().forEach((key, each) -> {
            checkName(key, each.where(), problems);
            value.read(each, problems).ifPresent(v -> values.put(key, v));
        });
        return values.size() == table.members().size()
                ? Optional.of(Collections.unmodifiableMap(values))
                : Optional.empty();
    }

    @Override
    public void check(Map<String, T> values, Where where, Problems problems) {
        values.forEach((key, each) -> {
            checkName(key, where.child(key), problems);
            value.check(each, where.child(key), problems);
        });
    }

    private void checkName(String name, Where where, Problems problems) {
        if (!known.isEmpty() && !known.contains(name)) {
            problems.unknown(where, what, name, known);
        }
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
    public Stream<String> secrets(Map<String, T> values, boolean all) {
        return values.values().stream().flatMap(each -> value.secrets(each, all));
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
