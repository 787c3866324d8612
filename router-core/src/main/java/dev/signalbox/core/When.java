package dev.signalbox.core;

import dev.signalbox.core.config.Condition;
import dev.signalbox.core.config.RuleDraft;
import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.MatcherFactory;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Where;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The condition of a rule: a tree over matchers, as {@code when} in a file. Immutable. What is wrong with it is told by
 * {@link RouterBuilder#build}, in the words a file would be told.
 *
 * <pre>{@code
 * all(matches("code-fence-ratio", ">= 0.3"), not(matches("caller", "batch-*"))).use("coding")
 * }</pre>
 */
public final class When {

    private final Function<RuleDraft, Optional<Condition>> reading;

    private When(Function<RuleDraft, Optional<Condition>> reading) {
        this.reading = reading;
    }

    /** What a matcher of the plugins says; several texts are a list. */
    public static When matches(String matcher, String... argument) {
        return new When(draft -> draft.condition(
                matcher,
                argument.length == 1
                        ? text(place(draft, matcher), argument[0])
                        : new ConfigNode.Sequence(
                                place(draft, matcher),
                                Arrays.stream(argument)
                                        .<ConfigNode>map(each -> text(place(draft, matcher), each))
                                        .toList())));
    }

    /** What a matcher of the plugins says whose argument is a table, such as {@code header}. */
    public static When matches(String matcher, Map<String, String> argument) {
        return new When(draft -> draft.condition(matcher, ConfigNode.Table.of(place(draft, matcher), argument)));
    }

    /** What a matcher says that is given by hand, with its argument set on the defaults. */
    public static When matches(MatcherFactory matcher, UnaryOperator<PluginConfig> argument) {
        return new When(draft -> draft.condition(matcher, argument));
    }

    /**
     * What a matcher says that code has made.
     *
     * @param name what traces and explanations call it
     */
    public static When matches(String name, Matcher matcher) {
        return new When(draft -> Optional.of(new Condition.Matches(name, matcher)));
    }

    /** All of these hold. */
    public static When all(When... parts) {
        return of(parts, Condition.All::new);
    }

    /** At least one of these holds. */
    public static When any(When... parts) {
        return of(parts, Condition.Any::new);
    }

    /** That one does not hold. */
    public static When not(When part) {
        return new When(draft -> part.condition(draft).map(Condition.Not::new));
    }

    /** The rule that leads to a profile, alias or target where this holds. */
    public RouteRule use(String use) {
        return RouteRule.of(this, use);
    }

    /** The condition; empty if something is wrong with it. */
    Optional<Condition> condition(RuleDraft draft) {
        return reading.apply(draft);
    }

    /** All parts are looked at, so that everything wrong with them is told. */
    private static When of(When[] parts, Function<List<Condition>, Condition> tree) {
        List<When> all = List.of(parts);
        return new When(draft -> {
            List<Optional<Condition>> read =
                    all.stream().map(part -> part.condition(draft)).toList();
            return read.stream().allMatch(Optional::isPresent)
                    ? Optional.of(
                            tree.apply(read.stream().flatMap(Optional::stream).toList()))
                    : Optional.empty();
        });
    }

    private static Where place(RuleDraft draft, String matcher) {
        return draft.where().child("when").child(matcher);
    }

    private static ConfigNode.Text text(Where where, String value) {
        return new ConfigNode.Text(where, value);
    }
}
