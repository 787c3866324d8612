package dev.signalbox.spi;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How values of an option are read and shown. Stateless. */
interface OptionType<T> {

    /** Reads a value; notes what is wrong and returns empty if it cannot. */
    Optional<T> read(ConfigNode node, Problems problems);

    /** Notes what a file would be told that said the same. */
    void check(T value, Where where, Problems problems);

    /** What may be written, in words that complete "is not …". */
    String words();

    /** A value as it would be written. */
    default String show(T value) {
        return value.toString();
    }

    /**
     * What is in a value that is never to be shown.
     *
     * @param all whether nothing of it is
     */
    default Stream<String> secrets(T value, boolean all) {
        return all ? Stream.of(show(value)) : Stream.of();
    }

    default List<Option<?>> members() {
        return List.of();
    }

    default Option.Reference refersTo() {
        return Option.Reference.NOTHING;
    }
}
