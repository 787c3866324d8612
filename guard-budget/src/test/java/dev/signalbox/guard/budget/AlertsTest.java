package dev.signalbox.guard.budget;

import static dev.signalbox.guard.budget.BudgetFixture.money;
import static dev.signalbox.guard.budget.BudgetFixture.ofCaller;
import static dev.signalbox.guard.budget.BudgetFixture.perDay;
import static dev.signalbox.guard.budget.BudgetFixture.tokens;
import static dev.signalbox.guard.budget.BudgetFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.spi.Account;
import dev.signalbox.spi.RouterEvent;
import dev.signalbox.testkit.TestContext;
import dev.signalbox.testkit.TestLedger;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** When it is told how much of a budget is spent. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AlertsTest {

    @Test
    void it_is_told_once_when_so_large_a_share_is_spent() {
        BudgetFixture budget = new BudgetFixture(with(tokens(1_000)));
        budget.answers("gpu/m", 790, 0);
        assertThat(budget.told()).isEmpty();
        budget.answers("gpu/m", 10, 0);
        budget.answers("gpu/m", 10, 0);

        assertThat(budget.told())
                .containsExactly(new RouterEvent.JudgementChanged(
                        budget.context().clock().instant(),
                        "budget",
                        "total, tokens, 2026-01",
                        "below 80 %",
                        "80 %",
                        "800 tokens of 1000 tokens are spent"));
    }

    @Test
    void what_two_pass_together_is_told() {
        TestContext context = TestContext.named("budget");
        context.ledger(new TestLedger(context.clock()) {
            private boolean others;

            @Override
            public void settle(Account account, long reserved, long spent) {
                super.settle(account, reserved, spent);
                if (spent == 15 && !others) {
                    others = true;
                    super.settle(account, 0, 15); // at the same moment
                }
            }
        });
        BudgetFixture budget = new BudgetFixture(with(tokens(1_000)), context);
        budget.answers("gpu/m", 790, 0);
        budget.answers("gpu/m", 15, 0);

        assertThat(budget.told()).extracting(RouterEvent.JudgementChanged::now).containsExactly("80 %");
    }

    @Test
    void several_shares_may_be_passed_at_once() {
        BudgetFixture budget =
                new BudgetFixture(with(money("0.01").with(BudgetOptions.ALERTS, List.of(0.25, 0.5, 2.0))));
        budget.answers("gpu/m", 2_000, 0);

        assertThat(budget.told()).extracting(RouterEvent.JudgementChanged::now).containsExactly("25 %", "50 %");
        assertThat(budget.told().getFirst().cause()).isEqualTo("0.006 USD of 0.01 USD are spent");
    }

    @Test
    void it_is_told_again_of_the_next_day_and_of_somebody_else() {
        BudgetFixture budget = new BudgetFixture(with(perDay(ofCaller("*", tokens(1_000)))));
        budget.by("alice").answers("gpu/m", 900, 0);
        budget.by("bob").answers("gpu/m", 900, 0);
        budget.pass(Duration.ofDays(1));
        budget.by("alice").answers("gpu/m", 900, 0);

        assertThat(budget.told())
                .extracting(RouterEvent.JudgementChanged::of)
                .containsExactly(
                        "caller alice, tokens, 2026-01-01",
                        "caller bob, tokens, 2026-01-01",
                        "caller alice, tokens, 2026-01-02");
    }

    @Test
    void where_no_share_is_named_nothing_is_told() {
        BudgetFixture budget = new BudgetFixture(with(tokens(1_000).with(BudgetOptions.ALERTS, List.of())));
        budget.answers("gpu/m", 5_000, 0);

        assertThat(budget.told()).isEmpty();
    }
}
