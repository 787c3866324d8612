package dev.signalbox.spi;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** One of a closed set of words. */
record WordType<T>(Collection<String> known, Function<String, Optional<T>> reader, Function<T, String> shower)
        implements OptionType<T> {

    @Override
    public Optional<T> read(ConfigNode node, Problems problems) {
        if (node instanceof ConfigNode.Text text) {
            String word = text.value().strip();
            Optional<T> value = reader.apply(word);
            if (value.isEmpty()) {
                problems.add(node.where(), "%s is not %s%s".formatted(node.seen(), words(), nearest(word)));
            }
            return value;
        }
        problems.add(node.where(), "%s is not %s".formatted(node.seen(), words()));
        return Optional.empty();
    }

    @Override
    public void check(T value, Where where, Problems problems) {
        String word = show(value);
        if (!known.contains(word)) {
            problems.add(where, "%s is not %s%s".formatted(Shown.quoted(word), words(), nearest(word)));
        }
    }

    private String nearest(String word) {
        List<String> near = Near.names(word, known);
        return near.isEmpty() ? "" : ". " + Near.hint(word, known);
    }

    @Override
    public String words() {
        return "one of " + String.join(", ", known);
    }

    @Override
    public String show(T value) {
        return shower.apply(value);
    }
}
