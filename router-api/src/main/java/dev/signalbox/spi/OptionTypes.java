package dev.signalbox.spi;

import dev.signalbox.api.Target;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The types of {@link Option} that are written as one scalar, and the way to those that are not. */
final class OptionTypes {

    static final OptionType<String> TEXT = scalar("text", Optional::of, Function.identity());
    static final OptionType<Boolean> FLAG = scalar("yes or no", OptionTypes::flagOf, value -> value ? "yes" : "no");
    static final OptionType<URI> URI_OF_HTTP = scalar(
            "an absolute URI such as http://localhost:11434",
            text -> attempt(URI::create, text),
            OptionTypes::isHttp,
            URI::toString);
    static final OptionType<Glob> GLOB =
            scalar("a pattern such as claude-*", text -> notEmpty(text).map(Glob::new), Glob::text);
    static final OptionType<Glob> CALLER = referring(GLOB, Option.Reference.CALLER);
    static final OptionType<Target> TARGET = referring(
            scalar("a target such as gpu/qwen3:8b", OptionTypes::targetOf, Target::toString), Option.Reference.TARGET);
    static final OptionType<String> PROFILE = referring(
            scalar("a profile's name", Optional::of, text -> !text.isBlank(), Function.identity()),
            Option.Reference.PROFILE);
    static final OptionType<String> USE = referring(
            scalar(
                    "a profile or a target such as gpu/qwen3:8b",
                    Optional::of,
                    text -> !text.isBlank(),
                    Function.identity()),
            Option.Reference.USE);
    static final OptionType<Path> FILE = new FileType();

    private OptionTypes() {}

    static OptionType<ConfigNode> node(String words) {
        return new NodeType(words);
    }

    static OptionType<Long> integer(long least, long most) {
        return bounded("a whole number", least, most, Long::parseLong, value -> Long.toString(value));
    }

    static OptionType<Double> decimal(double least, double most) {
        return bounded("a number", least, most, Comparisons::parseNumber, Comparisons::number);
    }

    static OptionType<Duration> duration(Duration least, Duration most) {
        return bounded("a duration such as 30s", least, most, Durations::parse, Durations::show);
    }

    static OptionType<Long> size(long least, long most) {
        return bounded("a size such as 64KiB", least, most, Sizes::parse, Sizes::show);
    }

    static OptionType<Comparison> comparison(double least, double most) {
        return scalar(
                "a comparison such as >= %s, %s to %s"
                        .formatted(Comparisons.number(least), Comparisons.number(least), Comparisons.number(most)),
                Comparisons::parse,
                comparison -> comparison.limit() >= least && comparison.limit() <= most,
                Comparison::toString);
    }

    static <E extends Enum<E>> OptionType<E> choice(Class<E> type) {
        Map<String, E> words = Arrays.stream(type.getEnumConstants())
                .collect(Collectors.toMap(
                        OptionTypes::kebab, Function.identity(), (a, b) -> a, java.util.LinkedHashMap::new));
        return new WordType<>(
                words.keySet(),
                text -> Optional.ofNullable(words.get(text.toLowerCase(Locale.ROOT))),
                OptionTypes::kebab);
    }

    static OptionType<String> word(List<String> words) {
        return new WordType<>(words, text -> Optional.of(text).filter(words::contains), word -> word);
    }

    static <T> OptionType<List<T>> listOf(Option<T> item) {
        return new ListType<>(item);
    }

    static <T> OptionType<Map<String, T>> mapOf(Option<T> value) {
        return mapOf(value, "", List.of());
    }

    static <T> OptionType<Map<String, T>> mapOf(Option<T> value, String what, List<String> known) {
        return new MapType<>(value, what, List.copyOf(known));
    }

    static OptionType<PluginConfig> group(List<Option<?>> members) {
        return new GroupType(members);
    }

    static OptionType<PluginConfig> groupOrFirst(Option<?> first, List<Option<?>> others) {
        return new GroupOrFirstType(first, others);
    }

    static <T> OptionType<Optional<T>> optional(OptionType<T> type) {
        return new OptionalType<>(type);
    }

    /** A type written as one scalar; the reader returns empty for what it does not take. */
    static <T> OptionType<T> scalar(String words, Function<String, Optional<T>> reader, Function<T, String> shower) {
        return scalar(words, reader, value -> true, shower);
    }

    private static <T> OptionType<T> scalar(
            String words, Function<String, Optional<T>> reader, Predicate<T> takes, Function<T, String> shower) {
        return new ScalarType<>(words, reader, takes, shower, Option.Reference.NOTHING);
    }

    private static <T> OptionType<T> referring(OptionType<T> type, Option.Reference reference) {
        ScalarType<T> scalar = (ScalarType<T>) type;
        return new ScalarType<>(scalar.words(), scalar.reader(), scalar.takes(), scalar.shower(), reference);
    }

    private static <T extends Comparable<T>> OptionType<T> bounded(
            String what, T least, T most, Function<String, T> parser, Function<T, String> shower) {
        return scalar(
                "%s, %s to %s".formatted(what, shower.apply(least), shower.apply(most)),
                text -> attempt(parser, text),
                value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
                shower);
    }

    private static <T> Optional<T> attempt(Function<String, T> parser, String text) {
        try {
            return Optional.of(parser.apply(text));
        } catch (IllegalArgumentException | ArithmeticException notOne) {
            return Optional.empty();
        }
    }

    private static Optional<String> notEmpty(String text) {
        return Optional.of(text).filter(value -> !value.isBlank());
    }

    private static Optional<Boolean> flagOf(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> Optional.of(true);
            case "false", "no", "off" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static boolean isHttp(URI uri) {
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        return http && uri.getHost() != null && uri.getUserInfo() == null && uri.getPort() <= 65_535;
    }

    private static Optional<Target> targetOf(String text) {
        return attempt(Target::of, text);
    }

    private static String kebab(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
