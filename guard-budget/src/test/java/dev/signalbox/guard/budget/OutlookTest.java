package dev.signalbox.guard.budget;

import static dev.signalbox.guard.budget.BudgetFixture.money;
import static dev.signalbox.guard.budget.BudgetFixture.perDay;
import static dev.signalbox.guard.budget.BudgetFixture.tokens;
import static dev.signalbox.guard.budget.BudgetFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Target;
import dev.signalbox.guard.budget.Party.Role;
import dev.signalbox.spi.Account.Unit;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.Glob;
import dev.signalbox.spi.Lease;
import dev.signalbox.spi.Period;
import dev.signalbox.spi.Verdict;
import dev.signalbox.testkit.TestAttempt;
import dev.signalbox.testkit.TestContext;
import dev.signalbox.testkit.TestLedger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** How long a look at what is left is good for. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OutlookTest {

    @Test
    void plenty_that_is_gone_at_once_is_missed_a_second_later() {
        BudgetFixture budget = new BudgetFixture(with(tokens(1_000_000)));
        assertThat(budget.asks("gpu/m")).isEqualTo(Verdict.admit());
        budget.answers("gpu/m", 1_000_000, 0);
        budget.pass(Duration.ofMillis(999));

        assertThat(budget.asks("gpu/m")).isEqualTo(Verdict.admit());
        budget.pass(Duration.ofMillis(1));
        assertThat(budget.asks("gpu/m")).isInstanceOf(Verdict.Exclude.class);
    }

    @Test
    void who_lets_in_sees_at_once_that_it_is_gone_and_who_judges_after_that() {
        BudgetFixture budget = new BudgetFixture(with(tokens(1_000_000)));
        assertThat(budget.asks("gpu/m")).isEqualTo(Verdict.admit());
        budget.answers("gpu/m", 1_000_000, 0);

        assertThat(budget.admits("gpu/m")).isInstanceOf(Admission.Refused.class);
        assertThat(budget.asks("gpu/m")).isInstanceOf(Verdict.Exclude.class);
    }

    @Test
    void the_day_is_that_as_of_which_a_target_is_looked_at() {
        BudgetFixture budget = new BudgetFixture(with(perDay(tokens(150))));
        TestAttempt today = budget.at("gpu/m");
        budget.answers("gpu/m", 100, 0);
        budget.pass(Duration.ofDays(1));

        assertThat(budget.guard().assess(today)).isInstanceOf(Verdict.Exclude.class);
        assertThat(budget.guard().admit(today)).isInstanceOf(Admission.Refused.class);
        assertThat(budget.fits("gpu/m")).isTrue();
    }

    @Test
    void where_little_was_left_everybody_looks_for_himself() {
        BudgetFixture budget = new BudgetFixture(with(tokens(10_000)));
        assertThat(budget.asks("gpu/m")).isEqualTo(Verdict.admit());
        budget.answers("gpu/m", 10_000, 0);

        assertThat(budget.asks("gpu/m")).isInstanceOf(Verdict.Exclude.class);
    }

    @Test
    void who_was_judged_by_what_was_set_aside_a_moment_ago_is_not_turned_away_for_it() {
        BudgetFixture budget = new BudgetFixture(with(tokens(150)));
        Lease lease = budget.letIn("gpu/m");
        assertThat(budget.asks("gpu/m")).isEqualTo(Verdict.admit());
        lease.undo();

        assertThat(budget.fits("gpu/m")).isTrue();
    }

    @Test
    void of_several_budgets_the_poorest_counts_in_each_unit() {
        BudgetFixture inTokens = new BudgetFixture(with(perDay(tokens(500)), tokens(1_000_000_000)));
        inTokens.answers("gpu/m", 450, 0);
        BudgetFixture inMoney = new BudgetFixture(with(perDay(money("0.0015")), money("1000")));
        inMoney.answers("gpu/m", 450, 0);

        assertThat(inTokens.asks("gpu/m")).isInstanceOf(Verdict.Exclude.class);
        assertThat(inMoney.asks("gpu/m")).isInstanceOf(Verdict.Exclude.class);
    }

    @Test
    void a_look_from_before_the_clock_was_set_back_is_not_good_until_then() {
        TestContext context = TestContext.named("budget");
        TestLedger ledger = new TestLedger(context.clock());
        Instant now = context.clock().instant();
        Bill bill = new Bills(Prices.of(Map.of()), budgets(context), context)
                .of(new Party(Target.of("gpu/m"), "", "bob"), now);
        Outlook outlook = new Outlook();

        assertThat(outlook.left(bill, ledger, now)).isEqualTo(new Amounts(Long.MAX_VALUE, 1_000));
        ledger.settle(bill.pots().getFirst().account(), 0, 400);
        assertThat(outlook.left(bill, ledger, now).tokens()).isEqualTo(1_000);
        assertThat(outlook.left(bill, ledger, now.minusSeconds(1)).tokens()).isEqualTo(600);
    }

    private static Budgets budgets(TestContext context) {
        Budget all = new Budget(Role.TOTAL, new Glob("*"), Unit.TOKENS, 1_000, Period.EVER, List.of());
        return new Budgets(List.of(all), new Spans(ZoneOffset.UTC), context::hosts);
    }
}
