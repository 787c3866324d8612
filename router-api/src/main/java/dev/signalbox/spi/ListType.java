package dev.signalbox.spi;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A list; a single item may stand without brackets. */
record ListType<T>(Option<T> item) implements OptionType<List<T>> {

    @Override
    public Optional<List<T>> read(ConfigNode node, Problems problems) {
        List<ConfigNode> nodes = node instanceof ConfigNode.Sequence sequence ? sequence.items() : List.of(node);
        List<Optional<T>> read =
                nodes.stream().map(each -> item.read(each, problems)).toList();
        return read.stream().allMatch(Optional::isPresent)
                ? Optional.of(read.stream().flatMap(Optional::stream).toList())
                : Optional.empty();
    }

    @Override
    public void check(List<T> values, Where where, Problems problems) {
        for (int i = 0; i < values.size(); i++) {
            item.check(
                    values.get(i),
                    new Where(where.file(), where.line(), "%s[%d]".formatted(where.path(), i + 1)),
                    problems);
        }
    }

    @Override
    public String words() {
        return "a list, each " + item.type();
    }

    @Override
    public String show(List<T> value) {
        return value.stream().map(Object::toString).collect(Collectors.joining(", ", "[", "]"));
    }

    @Override
    public Stream<String> secrets(List<T> values, boolean all) {
        return values.stream().flatMap(each -> item.secrets(each, all));
    }

    @Override
    public List<Option<?>> members() {
        return item.members();
    }

    @Override
    public Option.Reference refersTo() {
        return item.refersTo();
    }
}
