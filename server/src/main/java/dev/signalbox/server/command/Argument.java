package dev.signalbox.server.command;

import dev.signalbox.spi.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Something that may follow a command's name. Its option says of which type it is, what it is for, and what holds where
 * nothing is said.
 *
 * @param names what it is said by, such as {@code --port}; none for a position
 * @param shows what stands for its value in help, such as {@code FILE}; empty for a flag
 * @param <T> the type of its value
 */
public record Argument<T>(Option<T> option, Kind kind, List<String> names, String shows) {

    /** How it is written. Closed. */
    public enum Kind {
        /** The name alone. */
        FLAG,
        /** The name and a value. */
        NAMED,
        /** The same, as often as one likes. */
        REPEATED,
        /** A value by its place. */
        POSITION
    }

    /** Keeps the names to itself. */
    public Argument {
        names = List.copyOf(names);
    }

    /** {@code --name}: off where it is not said. */
    public static Argument<Boolean> flag(String name, String doc) {
        return new Argument<>(Option.flag(name).doc(doc).orElse(false), Kind.FLAG, List.of("--" + name), "");
    }

    /** {@code --name VALUE} or {@code --name=VALUE}. */
    public static <T> Argument<T> named(Option<T> option, String shows) {
        return new Argument<>(option, Kind.NAMED, List.of("--" + option.name()), shows);
    }

    /** {@code --name VALUE}, as often as one likes. */
    public static <T> Argument<List<T>> repeated(Option<List<T>> option, String shows) {
        return new Argument<>(option, Kind.REPEATED, List.of("--" + option.name()), shows);
    }

    /** A value by its place. */
    public static <T> Argument<T> position(Option<T> option, String shows) {
        return new Argument<>(option, Kind.POSITION, List.of(), shows);
    }

    /** The same, by a short name too, such as {@code -H}. */
    public Argument<T> or(String shortName) {
        List<String> more = new ArrayList<>(names);
        more.add(shortName);
        return new Argument<>(option, kind, more, shows);
    }

    /** It as help writes it: {@code --header, -H NAME=VALUE}. */
    String written() {
        return Stream.of(String.join(", ", names), shows)
                .filter(part -> !part.isEmpty())
                .reduce((left, right) -> left + " " + right)
                .orElse("");
    }
}
