package dev.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signalbox.api.Target;
import dev.signalbox.api.Usage;
import dev.signalbox.spi.Account;
import dev.signalbox.spi.Account.Unit;
import dev.signalbox.spi.Ledger;
import dev.signalbox.spi.Ledger.Answer;
import dev.signalbox.spi.Ledger.Claim;
import dev.signalbox.spi.Ledger.Settlement;
import dev.signalbox.spi.Ledger.Total;
import dev.signalbox.spi.Period;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.Spending;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What every ledger promises. Extend it, say how to make yours, and the promises become tests. */
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class LedgerContract {

    private static final Duration MOMENT = Duration.ofSeconds(1);
    private static final int PATIENCE = 100;
    private static final Spending NOTHING = Spending.of(
            new Spending.Of("2026-01-01", Target.of("gpu/m"), "", ""),
            Usage.reported(0, 0),
            BigDecimal.ZERO,
            BigDecimal.ZERO);

    /** What the ledger is lent. */
    protected final TestContext context = TestContext.named("ledger");

    /** What is tested. */
    protected Ledger ledger;

    private final Account alice = ever("alice");
    private final Account bob = ever("bob");

    @BeforeEach
    void openLedger() {
        ledger = ledger(context);
    }

    @AfterEach
    void closeLedger() {
        ledger.close();
    }

    /** Makes an empty ledger. */
    protected abstract Ledger ledger(PluginContext context);

    /** An account of money for all time. */
    protected static Account ever(String name) {
        return new Account(name, Unit.MONEY, Period.EVER.spanAt(HandClock.START, ZoneOffset.UTC));
    }

    /** Claims until the ledger says more than to come later; time passes for its tasks meanwhile. */
    protected final Answer reserve(Claim... claims) {
        Answer answer = ledger.reserve(List.of(claims));
        for (int i = 0; i < PATIENCE && answer instanceof Answer.Later; i++) {
            context.hands().advance(MOMENT);
            answer = ledger.reserve(List.of(claims));
        }
        return answer;
    }

    /** Whether it could be set aside. */
    protected final boolean reserves(Account account, long amount, long limit) {
        return reserve(new Claim(account, amount, limit)) instanceof Answer.Taken;
    }

    @Test
    void begins_with_nothing() {
        assertThat(ledger.totals()).isEmpty();
        assertThat(ledger.total(alice)).isEqualTo(Total.NONE);
        assertThat(ledger.spendings()).isEmpty();
    }

    @Test
    void sets_aside_up_to_the_limit() {
        assertThat(reserves(alice, 60, 100)).isTrue();
        assertThat(reserves(alice, 40, 100)).isTrue();
        assertThat(reserves(alice, 1, 100)).isFalse();

        assertThat(ledger.total(alice)).isEqualTo(new Total(0, 100));
        assertThat(ledger.totals()).containsEntry(alice, new Total(0, 100));
    }

    @Test
    void to_expect_something_sets_nothing_aside() {
        ledger.expect(alice, 100);
        context.hands().advance(MOMENT);

        assertThat(ledger.totals()).isEmpty();
        assertThat(reserves(alice, 100, 100)).isTrue();
        assertThat(reserves(alice, 1, 100)).isFalse();
    }

    @Test
    void sets_nothing_aside_when_it_refuses() {
        assertThat(reserves(alice, 101, 100)).isFalse();

        assertThat(reserves(alice, 100, 100)).isTrue();
    }

    @Test
    void sets_aside_in_all_accounts_or_in_none() {
        assertThat(reserves(bob, 95, 100)).isTrue();

        assertThat(reserve(new Claim(alice, 10, 100), new Claim(bob, 10, 100)))
                .isEqualTo(new Answer.Over(bob, new Total(0, 95)));
        assertThat(ledger.total(alice)).isEqualTo(Total.NONE);
        assertThat(reserve(new Claim(alice, 5, 100), new Claim(bob, 5, 100))).isEqualTo(new Answer.Taken());
        assertThat(ledger.total(alice)).isEqualTo(new Total(0, 5));
        assertThat(ledger.total(bob)).isEqualTo(new Total(0, 100));
    }

    @Test
    void sets_aside_without_a_limit_where_there_is_none() {
        assertThat(reserves(alice, Ledger.MOST, Long.MAX_VALUE)).isTrue();
        assertThat(reserves(alice, Ledger.MOST, Long.MAX_VALUE)).isTrue();

        assertThat(ledger.total(alice)).isEqualTo(new Total(0, 2 * Ledger.MOST));
    }

    @Test
    void takes_no_amount_that_is_none() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Claim(alice, -1, 100));
        assertThatIllegalArgumentException().isThrownBy(() -> new Settlement(alice, -1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Settlement(alice, 0, Ledger.MOST + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> ledger.settle(alice, 0, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> ledger.settle(alice, 0, Ledger.MOST + 1));
        assertThat(ledger.total(alice)).isEqualTo(Total.NONE);
    }

    @Test
    void replaces_what_was_set_aside_by_what_was_spent() {
        reserves(alice, 60, 100);
        ledger.settle(alice, 60, 35);

        assertThat(ledger.total(alice)).isEqualTo(new Total(35, 0));
        assertThat(reserves(alice, 65, 100)).isTrue();
        assertThat(reserves(alice, 1, 100)).isFalse();
    }

    @Test
    void notes_more_than_was_set_aside_and_more_than_the_limit() {
        reserves(alice, 60, 100);
        ledger.settle(alice, 60, 130);

        assertThat(ledger.total(alice)).isEqualTo(new Total(130, 0));
        assertThat(reserves(alice, 0, 100)).isFalse();
    }

    @Test
    void notes_what_was_spent_though_nothing_was_set_aside() {
        ledger.settle(alice, 0, 7);

        assertThat(ledger.total(alice)).isEqualTo(new Total(7, 0));
    }

    @Test
    void an_answer_is_settled_everywhere_and_noted() {
        reserve(new Claim(alice, 60, 100), new Claim(bob, 50, 100));
        Spending spending = Spending.of(
                new Spending.Of("2026-01-01", Target.of("gpu/m"), "coding", "alice"),
                Usage.reported(10, 5),
                new BigDecimal("0.000035"),
                BigDecimal.ZERO);

        assertThat(ledger.book(List.of(new Settlement(alice, 60, 35), new Settlement(bob, 0, 70)), spending))
                .containsExactly(new Total(35, 0), new Total(70, 50));
        assertThat(ledger.totals()).containsEntry(alice, new Total(35, 0)).containsEntry(bob, new Total(70, 50));
        assertThat(ledger.spendings()).containsExactly(spending);
    }

    @Test
    void an_answer_that_is_settled_nowhere_is_noted() {
        Spending.Of of = new Spending.Of("2026-01-01", Target.of("gpu/m"), "", "");

        assertThat(ledger.book(List.of(), Spending.of(of, Usage.reported(1, 1), BigDecimal.ONE, BigDecimal.ZERO)))
                .isEmpty();
        assertThat(ledger.totals()).isEmpty();
        assertThat(ledger.spendings()).extracting(Spending::of).containsExactly(of);
    }

    @Test
    void gives_back_what_was_released() {
        reserves(alice, 100, 100);
        ledger.release(alice, 100);

        assertThat(reserves(alice, 100, 100)).isTrue();
    }

    @Test
    void keeps_accounts_apart_whatever_they_are_called() {
        reserves(alice, 100, 100);

        assertThat(reserves(ever("Alice"), 100, 100)).isTrue();
        Account odd = ever("ünïcode/\uD83D\uDE82 'x'; --");
        assertThat(reserves(odd, 5, 100)).isTrue();
        assertThat(ledger.totals()).containsEntry(odd, new Total(0, 5));
    }

    @Test
    void keeps_units_and_spans_apart() {
        Instant now = context.clock().instant();
        List<Account> accounts = new ArrayList<>();
        for (Unit unit : Unit.values()) {
            for (Period period : Period.values()) {
                accounts.add(new Account("alice", unit, period.spanAt(now, ZoneOffset.UTC)));
            }
        }

        for (Account account : accounts) {
            assertThat(reserves(account, 100, 100)).as("%s", account).isTrue();
        }
        assertThat(ledger.totals()).hasSize(6);
    }

    @Test
    void a_new_day_begins_with_nothing_and_what_began_before_midnight_counts_for_the_old_one() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        Account before = today(berlin);
        reserves(before, 60, 100);
        context.hands().advance(Duration.ofDays(1));
        Account after = today(berlin);

        assertThat(reserves(after, 100, 100)).isTrue();
        ledger.settle(before, 60, 40);
        assertThat(ledger.total(before)).isEqualTo(new Total(40, 0));
        assertThat(ledger.total(after)).isEqualTo(new Total(0, 100));
    }

    private Account today(ZoneId zone) {
        return new Account(
                "alice", Unit.TOKENS, Period.DAY.spanAt(context.clock().instant(), zone));
    }

    @Test
    void forgets_what_is_long_over_and_nothing_else() {
        reserves(alice, 10, 100);
        for (int day = 0; day < 6; day++) {
            reserves(today(ZoneOffset.UTC), 1, 100);
            ledger.settle(today(ZoneOffset.UTC), 1, 1);
            context.hands().advance(Duration.ofDays(1));
        }
        reserves(today(ZoneOffset.UTC), 1, 100);

        assertThat(ledger.totals()).hasSizeLessThan(6).containsEntry(alice, new Total(0, 10));
    }

    @Test
    void never_goes_over_the_limit_whoever_asks_at_once() {
        var granted = AtOnce.run(() -> {
            int mine = 0;
            for (int i = 0; i < 20; i++) {
                mine += reserves(alice, 7, 1_000) ? 7 : 0;
            }
            return mine;
        });

        assertThat(granted.stream().mapToInt(Integer::intValue).sum()).isEqualTo(994);
        assertThat(ledger.total(alice)).isEqualTo(new Total(0, 994));
    }

    @Test
    void sums_are_exact_whatever_happens() {
        for (long seed = 0; seed < 20; seed++) {
            new History(seed).live();
        }
    }

    /** What happened to some accounts, made from a number. */
    private final class History {

        private final long seed;
        private final Random random;
        private final Map<Account, Total> model = new HashMap<>();
        private final List<Claim> open = new ArrayList<>();

        History(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
        }

        void live() {
            for (int i = 0; i < 100; i++) {
                step();
            }
            model.forEach((account, total) -> assertThat(ledger.total(account))
                    .as("seed %d, %s", seed, account)
                    .isEqualTo(total));
        }

        private void step() {
            if (open.isEmpty() || random.nextInt(3) > 0) {
                Account account = ever("seed %d, account %d".formatted(seed, random.nextInt(3)));
                Claim claim = new Claim(account, random.nextInt(500), 10_000);
                boolean fits = of(account).leaves(claim.amount(), claim.limit());
                assertThat(reserve(claim) instanceof Answer.Taken)
                        .as("seed %d", seed)
                        .isEqualTo(fits);
                if (fits) {
                    model.put(account, of(account).reserving(claim.amount()));
                    open.add(claim);
                }
                return;
            }
            Collections.swap(open, 0, random.nextInt(open.size()));
            Claim done = open.removeFirst();
            long spent = random.nextBoolean() ? random.nextInt(600) : 0;
            model.put(done.account(), of(done.account()).settling(done.amount(), spent));
            if (spent == 0) {
                ledger.release(done.account(), done.amount());
            } else if (random.nextBoolean()) {
                ledger.settle(done.account(), done.amount(), spent);
            } else {
                assertThat(ledger.book(List.of(new Settlement(done.account(), done.amount(), spent)), NOTHING))
                        .as("seed %d", seed)
                        .containsExactly(of(done.account()));
            }
        }

        private Total of(Account account) {
            return model.getOrDefault(account, Total.NONE);
        }
    }

    @Test
    void adds_up_what_answers_took_to_the_last_digit() {
        Usage usage = new Usage(1, 2, 3, 4, Usage.Source.REPORTED);
        Spending.Of of = new Spending.Of("2026-01-01", Target.of("gpu/m"), "coding", "alice");
        for (int i = 0; i < 1_000; i++) {
            ledger.note(Spending.of(of, usage, new BigDecimal("0.000000015"), new BigDecimal("0.1")));
        }
        ledger.note(Spending.of(
                of, new Usage(1, 1, 0, 0, Usage.Source.ESTIMATED), BigDecimal.ZERO, new BigDecimal("0.000001")));

        assertThat(ledger.spendings()).singleElement().satisfies(sum -> {
            assertThat(sum.of()).isEqualTo(of);
            assertThat(sum.sources()).isEqualTo(new Spending.Sources(1_000, 0, 1));
            assertThat(sum.input()).isEqualTo(1_001);
            assertThat(sum.output()).isEqualTo(2_001);
            assertThat(sum.cacheRead()).isEqualTo(3_000);
            assertThat(sum.cacheWrite()).isEqualTo(4_000);
            assertThat(sum.cost()).isEqualByComparingTo("0.000015");
            assertThat(sum.saved()).isEqualByComparingTo("100.000001");
        });
    }

    @Test
    void keeps_a_line_for_each_day_target_profile_and_caller() {
        for (String day : List.of("2026-01-02", "2026-01-01")) {
            note(day, "gpu/m", "coding", "alice");
            note(day, "gpu/n", "coding", "alice");
            note(day, "gpu/m", "", "alice");
            note(day, "gpu/m", "coding", "bob");
        }

        assertThat(ledger.spendings()).hasSize(8);
        assertThat(ledger.spendings().getFirst().of().day()).isEqualTo("2026-01-01");
        assertThat(ledger.spendings().getLast().of().day()).isEqualTo("2026-01-02");
    }

    private void note(String day, String target, String profile, String caller) {
        Spending.Of of = new Spending.Of(day, Target.of(target), profile, caller);
        ledger.note(Spending.of(of, Usage.reported(1, 1), BigDecimal.ZERO, BigDecimal.ZERO));
    }
}
