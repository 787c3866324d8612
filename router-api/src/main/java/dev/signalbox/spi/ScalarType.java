package dev.signalbox.spi;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** A type written as one scalar, and what it takes of what can be read. */
record ScalarType<T>(
        String words,
        Function<String, Optional<T>> reader,
        Predicate<T> takes,
        Function<T, String> shower,
        Option.Reference refersTo)
        implements OptionType<T> {

    @Override
    public Optional<T> read(ConfigNode node, Problems problems) {
        Optional<T> value = node instanceof ConfigNode.Text text
                ? reader.apply(text.value().strip()).filter(takes)
                : Optional.empty();
        if (value.isEmpty()) {
            problems.add(node.where(), "%s is not %s".formatted(node.seen(), words));
        }
        return value;
    }

    @Override
    public void check(T value, Where where, Problems problems) {
        if (!takes.test(value)) {
            problems.add(where, "%s is not %s".formatted(Shown.quoted(show(value)), words));
        }
    }

    @Override
    public String show(T value) {
        return shower.apply(value);
    }
}
