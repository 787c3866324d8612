package dev.signalbox.guard.budget;

import static dev.signalbox.guard.budget.BudgetFixture.money;
import static dev.signalbox.guard.budget.BudgetFixture.ofCaller;
import static dev.signalbox.guard.budget.BudgetFixture.tokens;
import static dev.signalbox.guard.budget.BudgetFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Usage;
import dev.signalbox.testkit.TestContext;
import dev.signalbox.testkit.TestLedger;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What operators see. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class UsageReportTest {

    private final BudgetFixture budget = new BudgetFixture(with(money("5"), ofCaller("*", tokens(4_000))));

    @Test
    void adds_up_by_target_profile_caller_and_day() {
        budget.by("alice").answers("gpu/m", 1_000, 100);
        budget.by("bob").answers("gpu/m", 1_000, 100);
        budget.pass(Duration.ofDays(1));
        budget.by("alice").answers("laptop/n", 10, 1);

        assertThat(budget.rows("targets")).extracting(row -> row.get("target")).containsExactly("gpu/m", "laptop/n");
        assertThat(budget.rows("targets"))
                .extracting(row -> row.get("input_tokens"))
                .containsExactly(2_000L, 10L);
        assertThat(budget.rows("profiles"))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("profile", "test")
                        .containsEntry("answers", 3L)
                        .containsEntry("cost", "0.009"));
        assertThat(budget.rows("callers")).extracting(row -> row.get("caller")).containsExactly("alice", "bob");
        assertThat(budget.rows("callers")).extracting(row -> row.get("cost")).containsExactly("0.0045", "0.0045");
        assertThat(budget.rows("days")).extracting(row -> row.get("day")).containsExactly("2026-01-01", "2026-01-02");
    }

    @Test
    void shows_what_a_cache_has_saved_and_where_figures_come_from() {
        budget.letIn("gpu/m").end(budget.report("gpu/m", new Usage(3_100, 500, 2_000, 100, Usage.Source.REPORTED)));
        budget.letIn("gpu/m").end(budget.report("gpu/m", new Usage(10, 5, 0, 0, Usage.Source.ESTIMATED)));
        budget.letIn("gpu/m").end(budget.report("gpu/m", new Usage(10, 5, 0, 0, Usage.Source.COUNTED)));

        assertThat(budget.rows("targets"))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("reported", 1L)
                        .containsEntry("counted", 1L)
                        .containsEntry("estimated", 1L)
                        .containsEntry("cache_read_tokens", 2_000L)
                        .containsEntry("cache_write_tokens", 100L)
                        .containsEntry("saved", "0.0054")
                        .containsEntry("cost", "0.011685"));
    }

    @Test
    void shows_how_budgets_stand() {
        budget.by("alice").answers("gpu/m", 1_000, 100);
        budget.letIn("gpu/m");

        assertThat(budget.rows("budgets")).hasSize(2);
        assertThat(budget.rows("budgets").getFirst())
                .containsEntry("budget", "caller alice")
                .containsEntry("for", "2026-01")
                .containsEntry("unit", "tokens")
                .containsEntry("spent", 1_100L)
                .containsEntry("set_aside", 101L)
                .containsEntry("limit", 4_000L);
        assertThat(budget.rows("budgets").getLast())
                .containsEntry("budget", "total")
                .containsEntry("spent", "0.0045")
                .containsEntry("set_aside", "0.00039")
                .containsEntry("limit", "5");
    }

    @Test
    void says_what_is_wrong_with_the_ledger_and_nothing_of_one_that_is_well() {
        TestContext context = TestContext.named("budget");
        context.ledger(new TestLedger(context.clock()) {
            @Override
            public Optional<String> trouble() {
                return Optional.of("its file is damaged");
            }
        });

        assertThat(new BudgetFixture(BudgetFixture.with(), context).report())
                .containsEntry("trouble", "its file is damaged");
        assertThat(budget.report()).doesNotContainKey("trouble");
    }

    @Test
    void says_in_which_money_and_by_which_calendar() {
        assertThat(budget.report()).containsEntry("currency", "USD").containsEntry("zone", "UTC");
    }
}
