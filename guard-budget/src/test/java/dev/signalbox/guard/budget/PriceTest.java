package dev.signalbox.guard.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Target;
import dev.signalbox.api.Usage;
import dev.signalbox.spi.Ledger;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What answers cost. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PriceTest {

    private static final Price PRICE = Price.of(new BigDecimal("3"), new BigDecimal("15"));

    private static Usage usage(long plain, long output, long read, long written) {
        return new Usage(plain + read + written, output, read, written, Usage.Source.REPORTED);
    }

    @Test
    void cost_and_savings_are_those_of_the_formulas_to_the_last_digit() {
        Usage usage = usage(1_000, 500, 2_000, 100);

        assertThat(PRICE.cost(usage)).isEqualByComparingTo("0.011475");
        assertThat(PRICE.saved(usage)).isEqualByComparingTo("0.0054");
    }

    @Test
    void a_cached_read_costs_a_tenth_and_a_write_a_quarter_more_where_nothing_is_said() {
        assertThat(PRICE.cost(usage(0, 0, 1_000_000, 0))).isEqualByComparingTo("0.3");
        assertThat(PRICE.cost(usage(0, 0, 0, 1_000_000))).isEqualByComparingTo("3.75");
    }

    @Test
    void a_price_that_is_not_said_is_nothing() {
        Price inputOnly = BudgetOptions.price(BudgetFixture.price("3", "0"));

        assertThat(inputOnly.cost(usage(0, 1_000_000, 0, 0))).isEqualByComparingTo("0");
        assertThat(Price.NOTHING.cost(usage(9, 9, 9, 9))).isEqualByComparingTo("0");
        assertThat(Price.NOTHING.saved(usage(9, 9, 9, 9))).isEqualByComparingTo("0");
    }

    @Test
    void prices_of_caches_that_are_said_count_instead() {
        Price said = BudgetOptions.price(BudgetFixture.price("3", "15")
                .withPresent(BudgetOptions.CACHED_READ, new BigDecimal("1"))
                .withPresent(BudgetOptions.CACHE_WRITE, new BigDecimal("6")));

        assertThat(said.cost(usage(0, 0, 2_000_000, 1_000_000))).isEqualByComparingTo("8");
        assertThat(said.saved(usage(0, 0, 2_000_000, 1_000_000))).isEqualByComparingTo("4");
    }

    @Test
    void one_token_of_the_cheapest_counts() {
        Price cheap = Price.of(new BigDecimal("0.000000001"), BigDecimal.ZERO);

        assertThat(cheap.cost(usage(1, 0, 0, 0))).isEqualByComparingTo("0.000000000000001");
    }

    @Test
    void a_cache_that_is_larger_than_the_prompt_it_is_of_does_not_make_it_cheaper() {
        assertThat(PRICE.cost(new Usage(10, 0, 1_000_000, 0, Usage.Source.REPORTED)))
                .isEqualByComparingTo("0.3");
    }

    /** The formula in whole numbers: prices in thousandths, so costs in thousandths of millionths; a discount of nine tenths. */
    @Test
    void any_cost_is_that_of_the_formula_in_whole_numbers() {
        for (long seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            long in = random.nextInt(100_000);
            long out = random.nextInt(100_000);
            long[] n = random.longs(4, 0, 1_000_000).toArray();
            Price price = Price.of(BigDecimal.valueOf(in, 3), BigDecimal.valueOf(out, 3));
            long expected = 100 * (n[0] * in + n[1] * out) + 10 * n[2] * in + 125 * n[3] * in;

            assertThat(price.cost(usage(n[0], n[1], n[2], n[3])))
                    .as("seed %d", seed)
                    .isEqualByComparingTo(BigDecimal.valueOf(expected, 11));
            isTheSame(
                    seed,
                    Tariff.of(price).cost(usage(n[0], n[1], n[2], n[3])),
                    price.cost(usage(n[0], n[1], n[2], n[3])));
            assertThat(price.saved(usage(n[0], n[1], n[2], n[3])))
                    .as("seed %d", seed)
                    .isEqualByComparingTo(BigDecimal.valueOf(90 * n[2] * in, 11));
        }
    }

    @Test
    void what_an_attempt_takes_at_most_and_in_the_end_is_the_same_worked_out_in_whole_numbers_or_exactly() {
        for (long seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            BigDecimal in = BigDecimal.valueOf(random.nextLong(1_000_000_000_000_000L), random.nextInt(10));
            BigDecimal out = BigDecimal.valueOf(random.nextLong(1_000_000_000_000_000L), random.nextInt(10));
            BigDecimal most = new BigDecimal("1000000");
            Price price = Price.of(in.min(most), out.min(most));
            long[] n = random.longs(4, 0, 1L << random.nextInt(1, 30)).toArray();
            long prompt = random.nextLong(1L << random.nextInt(1, 41));
            long answer = random.nextLong(1L << random.nextInt(1, 41));

            assertThat(Tariff.of(price).most(prompt, answer))
                    .as("seed %d", seed)
                    .isEqualTo(Money.millionths(price.most(prompt, answer)));
            isTheSame(
                    seed,
                    Tariff.of(price).cost(usage(n[0], n[1], n[2], n[3])),
                    price.cost(usage(n[0], n[1], n[2], n[3])));
        }
    }

    private static void isTheSame(long seed, Cost cost, BigDecimal exact) {
        assertThat(cost.money()).as("seed %d", seed).isEqualByComparingTo(exact);
        assertThat(cost.millionths())
                .as("seed %d", seed)
                .isEqualTo(Cost.of(exact).millionths());
        assertThat(cost.parts()).as("seed %d", seed).isEqualTo(Cost.of(exact).parts());
    }

    @Test
    void a_name_comes_before_patterns_and_of_those_the_first_that_fits() {
        Map<String, dev.signalbox.spi.PluginConfig> written = new LinkedHashMap<>();
        written.put("gpu/*", BudgetFixture.price("1", "1"));
        written.put("gpu/a*", BudgetFixture.price("2", "2"));
        written.put("gpu/ab", BudgetFixture.price("3", "3"));
        Prices prices = Prices.of(written);

        assertThat(prices.of(Target.of("gpu/ab"), new Listed(List.of())).input())
                .isEqualByComparingTo("3");
        assertThat(prices.of(Target.of("gpu/ac"), new Listed(List.of())).input())
                .isEqualByComparingTo("1");
        assertThat(prices.of(Target.of("laptop/ab"), new Listed(List.of()))).isEqualTo(Price.NOTHING);
    }

    @Test
    void amounts_that_are_not_whole_are_rounded_up_once_and_not_for_each_answer() {
        Remainder remainder = new Remainder();
        BigDecimal oneToken = Price.of(new BigDecimal("0.15"), BigDecimal.ZERO).cost(usage(1, 0, 0, 0));

        long sum = 0;
        for (int i = 1; i <= 10_000; i++) {
            sum += remainder.whole(Cost.of(oneToken));
            long thousandths = 150L * i;
            assertThat(sum).isEqualTo((thousandths + 999) / 1_000);
        }
        assertThat(sum).isEqualTo(1_500);
    }

    @Test
    void what_is_charged_is_the_sum_of_all_costs_rounded_up_whatever_they_are() {
        Random random = new Random(7);
        Remainder remainder = new Remainder();
        BigDecimal exact = BigDecimal.ZERO;
        long charged = 0;
        for (int i = 0; i < 10_000; i++) {
            Price price = Price.of(
                    BigDecimal.valueOf(random.nextInt(2_000_000_000), 9), BigDecimal.valueOf(random.nextInt(9), 9));
            BigDecimal cost =
                    price.cost(usage(random.nextInt(50), random.nextInt(50), random.nextInt(9), random.nextInt(9)));
            cost = i % 100 == 0 ? cost.movePointRight(9) : cost; // one that does not fit in a long
            exact = exact.add(cost);
            charged += remainder.whole(Cost.of(cost));
            assertThat(charged).isEqualTo(Money.millionths(exact));
        }
    }

    @Test
    void what_is_charged_is_that_whoever_pays_at_once() {
        Remainder remainder = new Remainder();
        Cost third = Cost.ofParts(Cost.PARTS + Cost.PARTS / 3);
        long times = 100_000;
        long charged = LongStream.range(0, times)
                .parallel()
                .map(each -> remainder.whole(third))
                .sum();

        assertThat(charged).isEqualTo(times + Math.ceilDiv(times * third.parts(), Cost.PARTS));
    }

    @Test
    void no_more_is_charged_at_once_than_there_are_amounts() {
        assertThat(new Remainder().whole(Cost.of(new BigDecimal("1e30")))).isEqualTo(Ledger.MOST);
    }
}
