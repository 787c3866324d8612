package dev.signalbox.core.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.core.config.Condition;
import dev.signalbox.core.config.Condition.All;
import dev.signalbox.core.config.Condition.Any;
import dev.signalbox.core.config.Condition.Asked;
import dev.signalbox.core.config.Condition.Not;
import dev.signalbox.spi.Comparison;
import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.MatcherFactory;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.SpiLevel;
import dev.signalbox.spi.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What is said of conditions beside what they come out as for every number there is. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MeaningTest {

    private static final int LARGEST = 6;

    /** {@code number: ">= 3"}, of numbers from 0. */
    private record Number(String type) implements MatcherFactory {

        static final Option<Comparison> ARGUMENT = Option.comparison("number", -10, 10);

        @Override
        public int spiLevel() {
            return SpiLevel.CURRENT;
        }

        @Override
        public Option<?> argument() {
            return ARGUMENT;
        }

        @Override
        public boolean implies(PluginConfig narrow, PluginConfig wide) {
            return wide.get(ARGUMENT).covers(narrow.get(ARGUMENT));
        }

        @Override
        public Optional<PluginConfig> opposite(PluginConfig argument) {
            return argument.get(ARGUMENT).opposite().map(other -> argument.with(ARGUMENT, other));
        }

        @Override
        public Optional<Boolean> constant(PluginConfig argument) {
            Comparison wanted = argument.get(ARGUMENT);
            boolean all = wanted.covers(new Comparison(Comparison.Operator.AT_LEAST, 0));
            boolean none = new Comparison(Comparison.Operator.LESS, 0).covers(wanted);
            return all || none ? Optional.of(all) : Optional.empty();
        }

        @Override
        public Matcher create(PluginConfig config, PluginContext context) {
            throw new AssertionError("nobody is asked");
        }
    }

    private static final List<Number> MATCHERS =
            IntStream.range(0, 24).mapToObj(i -> new Number("number-" + i)).toList();

    @Test
    void nothing_is_said_that_is_not_so() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int implied = 0;
        int constant = 0;
        for (int i = 0; i < 20_000; i++) {
            Condition narrow = tree(random, 3);
            Condition wide = tree(random, 3);
            Meaning meaning = new Meaning();
            Optional<Boolean> always = meaning.constant(Meaning.plain(narrow));
            if (always.isPresent()) {
                constant++;
                assertThat(outcomes(narrow))
                        .as("seed %d: %s is always %s", seed, narrow, always.get())
                        .containsOnly(always.get());
            }
            if (meaning.implies(Meaning.plain(narrow), Meaning.plain(wide))) {
                implied++;
                assertThat(holdsWhere(narrow, wide))
                        .as("seed %d: %s implies %s", seed, narrow, wide)
                        .isTrue();
            }
        }
        assertThat(implied).isGreaterThan(100);
        assertThat(constant).isGreaterThan(100);
    }

    @Test
    void the_same_tree_is_the_same_whatever_its_order() {
        Condition a = number(0, Comparison.Operator.AT_LEAST, 2);
        Condition b = number(1, Comparison.Operator.LESS, 3);
        Condition c = number(1, Comparison.Operator.MORE, 4);
        Condition one = new All(List.of(a, new Any(List.of(b, c))));
        Condition other = new All(List.of(new Any(List.of(c, b)), a));

        assertThat(implies(one, other)).isTrue();
        assertThat(implies(other, one)).isTrue();
        assertThat(implies(one, new Not(new Not(a)))).isTrue();
        assertThat(implies(a, one)).isFalse();
        assertThat(implies(new Not(a), new Not(one))).isTrue();
    }

    @Test
    void several_that_leave_nothing_between_them_are_seen_through() {
        Condition small = number(0, Comparison.Operator.LESS, 2);
        Condition large = number(0, Comparison.Operator.AT_LEAST, 2);
        Condition other = number(1, Comparison.Operator.MORE, 3);
        Condition both = new All(List.of(large, other));
        Meaning meaning = new Meaning();

        assertThat(meaning.implies(Meaning.ALWAYS, List.of(small, large))).isTrue();
        assertThat(meaning.implies(other, List.of(small, both))).isTrue();
        assertThat(meaning.implies(Meaning.ALWAYS, List.of(small, both))).isFalse();
        assertThat(meaning.constant(new All(List.of(small, large)))).contains(false);
        assertThat(meaning.constant(new Any(List.of(large, small)))).contains(true);
    }

    @Test
    void many_ways_that_all_close_are_given_up_in_time() {
        List<Condition> ways = new ArrayList<>();
        for (int i = 0; i < MATCHERS.size(); i += 2) {
            ways.add(new Any(List.of(
                    number(i, Comparison.Operator.AT_LEAST, 1), number(i + 1, Comparison.Operator.AT_LEAST, 1))));
        }
        ways.add(new Any(List.of(new Any(List.of()))));

        assertThat(new Tableau(1_000_000).closes(ways)).isTrue();
        Tableau tableau = new Tableau(1_000);
        assertThat(tableau.closes(ways)).isFalse();
        assertThat(tableau.steps()).isBetween(1_000, 1_100);
    }

    @Test
    void a_tree_that_would_take_for_ever_is_left_alone() {
        Condition deep = number(0, Comparison.Operator.AT_LEAST, 1);
        Condition other = number(1, Comparison.Operator.AT_LEAST, 1);
        for (int i = 0; i < 6; i++) {
            deep = new All(List.of(new Any(List.of(deep, deep)), deep));
            other = new Any(List.of(new All(List.of(other, other)), other));
        }
        assertThat(implies(deep, other)).isFalse();
    }

    private static boolean implies(Condition narrow, Condition wide) {
        return new Meaning().implies(Meaning.plain(narrow), Meaning.plain(wide));
    }

    private static Condition tree(Random random, int depth) {
        if (depth == 0 || random.nextInt(3) == 0) {
            Comparison.Operator[] operators = Comparison.Operator.values();
            return number(random.nextInt(2), operators[random.nextInt(operators.length)], random.nextInt(-1, LARGEST));
        }
        if (random.nextInt(4) == 0) {
            return new Not(tree(random, depth - 1));
        }
        List<Condition> parts = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            parts.add(tree(random, depth - 1));
        }
        return random.nextBoolean() ? new All(parts) : new Any(parts);
    }

    private static Condition number(int matcher, Comparison.Operator operator, double limit) {
        PluginConfig config = PluginConfig.of(List.of(Number.ARGUMENT), Where.code("number"))
                .with(Number.ARGUMENT, new Comparison(operator, limit));
        return new Asked(operator + " " + limit, MATCHERS.get(matcher), config);
    }

    private static List<Boolean> outcomes(Condition condition) {
        List<Boolean> all = new ArrayList<>();
        for (int one = 0; one <= LARGEST; one++) {
            for (int two = 0; two <= LARGEST; two++) {
                all.add(holds(condition, one, two));
            }
        }
        return all;
    }

    private static boolean holdsWhere(Condition narrow, Condition wide) {
        List<Boolean> first = outcomes(narrow);
        List<Boolean> second = outcomes(wide);
        for (int i = 0; i < first.size(); i++) {
            if (first.get(i) && !second.get(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(Condition condition, int one, int two) {
        return switch (condition) {
            case All all -> all.parts().stream().allMatch(part -> holds(part, one, two));
            case Any any -> any.parts().stream().anyMatch(part -> holds(part, one, two));
            case Not not -> !holds(not.part(), one, two);
            case Asked asked ->
                asked.config().get(Number.ARGUMENT).holds(asked.factory().equals(MATCHERS.getFirst()) ? one : two);
            case Condition.Matches matches -> throw new AssertionError("none was made");
        };
    }
}
