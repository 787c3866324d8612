package dev.signalbox.spi;

import dev.signalbox.api.Target;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Something configuration or code may say: its name, type, bounds, default and a sentence about it. The same constant
 * reads the file, serves the builder and writes the reference page.
 *
 * <p>Without {@link #orElse} or {@link #optional} an option must be given. Immutable; two options are the same only if
 * they are the same object, or made from each other by {@link #doc}, {@link #orElse} and {@link #secret}.
 *
 * @param <T> the type of its value
 */
public final class Option<T> {

    private final String name;
    private final String doc;
    private final OptionType<T> type;
    private final @Nullable T fallback;
    private final boolean secret;

    private Option(String name, String doc, OptionType<T> type, @Nullable T fallback, boolean secret) {
        this.name = name;
        this.doc = doc;
        this.type = type;
        this.fallback = fallback;
        this.secret = secret;
    }

    private static <T> Option<T> of(String name, OptionType<T> type) {
        return new Option<>(name, "", type, null, false);
    }

    /** Any text. */
    public static Option<String> text(String name) {
        return of(name, OptionTypes.TEXT);
    }

    /** A whole number between two bounds, both allowed. */
    public static Option<Long> integer(String name, long least, long most) {
        return of(name, OptionTypes.integer(least, most));
    }

    /** A number between two bounds, both allowed. */
    public static Option<Double> decimal(String name, double least, double most) {
        return of(name, OptionTypes.decimal(least, most));
    }

    /** {@code true}, {@code yes}, {@code on} or {@code false}, {@code no}, {@code off}. */
    public static Option<Boolean> flag(String name) {
        return of(name, OptionTypes.FLAG);
    }

    /** A duration such as {@code 250ms}, {@code 30s}, {@code 5m}, {@code 1h}, between two bounds, both allowed. */
    public static Option<Duration> duration(String name, Duration least, Duration most) {
        return of(name, OptionTypes.duration(least, most));
    }

    /** A number of bytes such as {@code 64KiB}, {@code 1.5GiB}, {@code 19GB}, between two bounds, both allowed. */
    public static Option<Long> size(String name, long least, long most) {
        return of(name, OptionTypes.size(least, most));
    }

    /** An absolute URI of the scheme {@code http} or {@code https}, without user info. */
    public static Option<URI> uri(String name) {
        return of(name, OptionTypes.URI_OF_HTTP);
    }

    /** One of a closed set of words, the names of an enum in kebab-case. */
    public static <E extends Enum<E>> Option<E> choice(String name, Class<E> words) {
        return of(name, OptionTypes.choice(words));
    }

    /** One of these words. */
    public static Option<String> word(String name, List<String> words) {
        return of(name, OptionTypes.word(words));
    }

    /** A pattern with {@code *} and {@code ?}. */
    public static Option<Glob> pattern(String name) {
        return of(name, OptionTypes.GLOB);
    }

    /** A comparison such as {@code >= 0.3}; a number alone means at least. The number is between two bounds. */
    public static Option<Comparison> comparison(String name, double least, double most) {
        return of(name, OptionTypes.comparison(least, most));
    }

    /** A target such as {@code gpu/qwen3:8b}; its backend must be configured. */
    public static Option<Target> target(String name) {
        return of(name, OptionTypes.TARGET);
    }

    /** The name of a configured profile. */
    public static Option<String> profile(String name) {
        return of(name, OptionTypes.PROFILE);
    }

    /** A configured profile's name, or a target whose backend is configured. */
    public static Option<String> use(String name) {
        return of(name, OptionTypes.USE);
    }

    /** A pattern for names of callers. */
    public static Option<Glob> caller(String name) {
        return of(name, OptionTypes.CALLER);
    }

    /** A path; a relative one is meant from the configuration file's folder, {@code ~} is the home folder. */
    public static Option<Path> file(String name) {
        return of(name, OptionTypes.FILE);
    }

    /** A list; a single item may stand without brackets. */
    public static <T> Option<List<T>> listOf(String name, Option<T> item) {
        return of(name, OptionTypes.listOf(item));
    }

    /** A table with free names and values of one type. */
    public static <T> Option<Map<String, T>> mapOf(String name, Option<T> value) {
        return of(name, OptionTypes.mapOf(value));
    }

    /**
     * A table with values of one type, by names that are all of a list.
     *
     * @param what what any other name is not: {@code a dialect}
     */
    public static <T> Option<Map<String, T>> mapOf(String name, Option<T> value, String what, List<String> names) {
        return of(name, OptionTypes.mapOf(value, what, names));
    }

    /** A table with members of its own. */
    public static Option<PluginConfig> group(String name, List<Option<?>> members) {
        return of(name, OptionTypes.group(members));
    }

    /**
     * A table with members of its own, or just the value of the first of them: {@code text: x} and
     * {@code text: { is: x, in: y }}.
     *
     * @param first the member whose value may stand alone; of any type that is not written as a table
     */
    public static Option<PluginConfig> groupOrFirst(String name, Option<?> first, Option<?>... others) {
        return of(name, OptionTypes.groupOrFirst(first, List.of(others)));
    }

    /**
     * Anything written as one scalar, read by whoever declares the option.
     *
     * @param words what may be written, in words that complete "is not …"
     * @param parser throws {@link IllegalArgumentException} for what it does not take; its message says why not, or
     *     what would be right
     */
    public static <T> Option<T> parsed(String name, String words, Function<String, T> parser) {
        return of(name, new ParsedType<>(words, parser));
    }

    /**
     * Any piece of configuration as it was written, for what the engine or a plugin reads itself.
     *
     * @param words what may be written: {@code a target or a pool}
     */
    public static Option<ConfigNode> node(String name, String words) {
        return of(name, OptionTypes.node(words));
    }

    /** The same option with a sentence or two about it. */
    public Option<T> doc(String sentences) {
        return new Option<>(name, sentences, type, fallback, secret);
    }

    /** The same option, not required: what holds where nothing is said. */
    public Option<T> orElse(T value) {
        return new Option<>(name, doc, type, value, secret);
    }

    /** The same option, not required: empty where nothing is said. */
    public Option<Optional<T>> optional() {
        return new Option<>(name, doc, OptionTypes.optional(type), Optional.empty(), secret);
    }

    /** The same option, its value never shown. */
    public Option<T> secret() {
        return new Option<>(name, doc, type, fallback, true);
    }

    /** The name in configuration, in kebab-case. */
    public String name() {
        return name;
    }

    /** What it is for. */
    public String doc() {
        return doc;
    }

    /** What may be written, in words: {@code a duration such as 30s, 1s to 1h}. */
    public String type() {
        return type.words();
    }

    /** Whether its value is never shown. */
    public boolean isSecret() {
        return secret;
    }

    /** Whether it must be given. */
    public boolean required() {
        return fallback == null;
    }

    /** The default as it would be written; empty if it is required or has none. */
    public String shownDefault() {
        return fallback == null || secret ? "" : type.show(fallback);
    }

    /** The members of a group, also of a list or map of groups; empty for anything else. */
    public List<Option<?>> members() {
        return type.members();
    }

    /** What names a value refers to. */
    public Reference refersTo() {
        return type.refersTo();
    }

    /** What a value must be the name of, checked by the engine. */
    public enum Reference {
        NOTHING,
        TARGET,
        PROFILE,
        /** A profile or a target. */
        USE,
        /** A caller, or a pattern for some; the engine knows callers by their requests only, so {@code check} looks. */
        CALLER
    }

    /** Reads a value; notes what is wrong and returns empty if it cannot. */
    public Optional<T> read(ConfigNode node, Problems problems) {
        Problems own = new Problems();
        Optional<T> value = type.read(node, own);
        tell(own, problems);
        return value;
    }

    /** Notes what is wrong with a value that code set. */
    void check(T value, Where where, Problems problems) {
        Problems own = new Problems();
        type.check(value, where, own);
        tell(own, problems);
    }

    /** What is in a value that is never to be shown: all of it, or what secret parts hold. */
    Stream<String> secrets(T value, boolean all) {
        return type.secrets(value, all || secret);
    }

    private void tell(Problems own, Problems problems) {
        for (Problems.Problem problem : own.list()) {
            problems.add(
                    problem.where(), secret ? "not " + type.words() + " (the value is secret)" : problem.message());
        }
    }

    Optional<T> fallback() {
        return Optional.ofNullable(fallback);
    }

    /** The name. */
    @Override
    public String toString() {
        return name;
    }
}
