package dev.signalbox.spi;

import java.util.Optional;
import java.util.function.Function;

/** A type written as one scalar. */
record ScalarType<T>(
        String words, Function<String, Optional<T>> reader, Function<T, String> shower, Option.Reference refersTo)
        implements OptionType<T> {

    @Override
    public Optional<T> read(ConfigNode node, Problems problems) {
        Optional<T> value =
                node instanceof ConfigNode.Text text ? reader.apply(text.value().strip()) : Optional.empty();
        if (value.isEmpty()) {
            problems.add(node.where(), "%s is not %s".formatted(node.seen(), words));
        }
        return value;
    }

    @Override
    public String show(T value) {
        return shower.apply(value);
    }
}
