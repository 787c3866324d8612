package dev.signalbox.guard.budget;

import static dev.signalbox.guard.budget.BudgetFixture.money;
import static dev.signalbox.guard.budget.BudgetFixture.ofCaller;
import static dev.signalbox.guard.budget.BudgetFixture.ofTarget;
import static dev.signalbox.guard.budget.BudgetFixture.perDay;
import static dev.signalbox.guard.budget.BudgetFixture.tokens;
import static dev.signalbox.guard.budget.BudgetFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.spi.Account;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.testkit.TestContext;
import dev.signalbox.testkit.TestLedger;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Of which accounts the ledger hears before somebody wants something from them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ForesightTest {

    private final Map<String, Long> expected = new TreeMap<>();

    private BudgetFixture budget(PluginConfig... budgets) {
        TestContext context = TestContext.named("budget");
        context.ledger(new TestLedger(context.clock()) {
            @Override
            public void expect(Account account, long limit) {
                expected.put(account.toString(), limit);
            }
        });
        return new BudgetFixture(with(budgets), context);
    }

    @Test
    void those_that_budgets_name_are_known_from_the_start() {
        budget(perDay(tokens(300)), ofTarget("gpu/m", money("2")), ofCaller("*", tokens(100)));

        assertThat(expected)
                .containsExactly(
                        Map.entry("target gpu/m, money, 2026-01", 2_000_000L),
                        Map.entry("total, tokens, 2026-01-01", 300L));
    }

    @Test
    void shortly_before_midnight_those_of_the_next_day_are_known_of_all_who_spent_today() {
        BudgetFixture budget = budget(ofCaller("*", perDay(tokens(1_000))));
        budget.by("alice").answers("gpu/m", 100, 1);
        budget.pass(Duration.ofHours(12).minusMinutes(15));
        assertThat(expected).containsOnlyKeys("caller alice, tokens, 2026-01-01");

        budget.pass(Duration.ofMinutes(14));
        assertThat(expected).containsOnlyKeys("caller alice, tokens, 2026-01-01", "caller alice, tokens, 2026-01-02");
    }

    @Test
    void nobody_looks_ahead_any_more_once_the_guard_is_closed() {
        BudgetFixture budget = budget(tokens(300));
        budget.guard().close();

        assertThat(budget.context().hands().scheduled()).isZero();
    }
}
