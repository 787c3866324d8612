package dev.signalbox.spi;

import java.util.Optional;
import java.util.function.Function;

/** A type written as one scalar that its owner reads. */
record ParsedType<T>(String words, Function<String, T> parser) implements OptionType<T> {

    @Override
    public Optional<T> read(ConfigNode node, Problems problems) {
        String why = "";
        if (node instanceof ConfigNode.Text text) {
            try {
                return Optional.of(parser.apply(text.value().strip()));
            } catch (IllegalArgumentException no) {
                why = no.getMessage() == null ? "" : ": " + no.getMessage();
            }
        }
        problems.add(node.where(), "%s is not %s%s".formatted(node.seen(), words, why));
        return Optional.empty();
    }

    /** A value that code made is one that its type allows. */
    @Override
    public void check(T value, Where where, Problems problems) {}
}
