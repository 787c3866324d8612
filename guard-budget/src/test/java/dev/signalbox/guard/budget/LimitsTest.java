package dev.signalbox.guard.budget;

import static dev.signalbox.guard.budget.BudgetFixture.doing;
import static dev.signalbox.guard.budget.BudgetFixture.money;
import static dev.signalbox.guard.budget.BudgetFixture.ofCaller;
import static dev.signalbox.guard.budget.BudgetFixture.ofTarget;
import static dev.signalbox.guard.budget.BudgetFixture.perDay;
import static dev.signalbox.guard.budget.BudgetFixture.price;
import static dev.signalbox.guard.budget.BudgetFixture.tokens;
import static dev.signalbox.guard.budget.BudgetFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.Usage;
import dev.signalbox.spi.Account;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.AttemptReport.Outcome;
import dev.signalbox.spi.Glob;
import dev.signalbox.spi.Lease;
import dev.signalbox.spi.Ledger;
import dev.signalbox.spi.Period;
import dev.signalbox.spi.Refusal;
import dev.signalbox.spi.Refusal.Kind;
import dev.signalbox.spi.Verdict;
import dev.signalbox.testkit.ScriptedHost;
import dev.signalbox.testkit.TestContext;
import dev.signalbox.testkit.TestLedger;
import dev.signalbox.testkit.TestRequest;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Who may still spend how much. A request is of 100 tokens, its answer of one at most, unless it says more. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LimitsTest {

    private static Refusal refusal(Verdict verdict) {
        return ((Verdict.Exclude) verdict).refusal();
    }

    // What A does, and does wrong.

    @Test
    void a_target_is_not_tried_any_more_once_its_budget_is_spent() {
        BudgetFixture budget = new BudgetFixture(with(ofTarget("gpu/m", tokens(300))));
        budget.answers("gpu/m", 200, 50);

        assertThat(budget.fits("gpu/m")).isFalse();
        assertThat(budget.fits("gpu/other")).isTrue();
    }

    @Test
    void money_is_what_prices_say() {
        BudgetFixture budget = new BudgetFixture(with(money("0.011475")));
        Lease lease = budget.letIn("gpu/m");
        lease.end(budget.report("gpu/m", new Usage(3_100, 500, 2_000, 100, Usage.Source.REPORTED)));

        assertThat(budget.spent()).containsEntry("total, money, 2026-01", 11_475L);
        assertThat(budget.fits("gpu/m")).isFalse();
        assertThat(budget.fits("laptop/free")).isTrue();
    }

    @Test
    void a_month_begins_anew_and_so_does_a_day_in_its_zone_but_not_what_is_for_ever() {
        BudgetFixture month = new BudgetFixture(with(tokens(150)));
        BudgetFixture day =
                new BudgetFixture(with(perDay(tokens(150))).with(BudgetOptions.ZONE, ZoneId.of("Asia/Tokyo")));
        BudgetFixture ever = new BudgetFixture(with(tokens(150).with(BudgetOptions.PER, Period.EVER)));
        for (BudgetFixture each : List.of(month, day, ever)) {
            each.answers("gpu/m", 100, 0);
            assertThat(each.fits("gpu/m")).isFalse();
            each.pass(Duration.ofHours(2));
            assertThat(each.fits("gpu/m")).isFalse();
            each.pass(Duration.ofHours(1)); // midnight of Tokyo is 15 o'clock
        }

        assertThat(month.fits("gpu/m")).isFalse();
        assertThat(day.fits("gpu/m")).isTrue();
        month.pass(Duration.ofDays(31));
        ever.pass(Duration.ofDays(400));
        assertThat(month.fits("gpu/m")).isTrue();
        assertThat(ever.fits("gpu/m")).isFalse();
    }

    @Test
    void what_failed_before_it_answered_cost_nothing() {
        BudgetFixture budget = new BudgetFixture(with(tokens(150)));
        budget.letIn("gpu/m").end(budget.failure("gpu/m"));
        budget.letIn("gpu/m").end(budget.report("gpu/m", new Outcome.ClientLeft(), Optional.empty()));

        assertThat(budget.setAside()).isZero();
        assertThat(budget.spentOf("total, tokens, 2026-01")).isZero();
        assertThat(budget.fits("gpu/m")).isTrue();
    }

    @Test
    void what_broke_off_after_it_answered_cost_what_was_answered() {
        BudgetFixture budget = new BudgetFixture(with(tokens(150)));
        Usage soFar = new Usage(100, 7, 0, 0, Usage.Source.ESTIMATED);
        budget.letIn("gpu/m").end(budget.report("gpu/m", new Outcome.ClientLeft(), Optional.of(soFar)));

        assertThat(budget.spentOf("total, tokens, 2026-01")).isEqualTo(107);
    }

    @Test
    void requests_at_the_same_time_cannot_overshoot() {
        BudgetFixture budget = new BudgetFixture(with(tokens(1_010)));
        List<Lease> leases = new ArrayList<>();
        while (budget.admits("gpu/m") instanceof Admission.Granted granted) {
            leases.add(granted.lease());
        }

        assertThat(leases).hasSize(10);
        leases.forEach(lease -> lease.end(budget.report("gpu/m", Usage.reported(100, 1))));
        assertThat(budget.spentOf("total, tokens, 2026-01")).isEqualTo(1_010);
        assertThat(budget.fits("gpu/m")).isFalse();
    }

    @Test
    void a_guard_that_is_made_anew_goes_on_with_what_its_ledger_knows() {
        BudgetFixture first = new BudgetFixture(with(tokens(150)));
        first.answers("gpu/m", 100, 0);

        assertThat(new BudgetFixture(with(tokens(150)), first.context()).fits("gpu/m"))
                .isFalse();
    }

    @Test
    void every_dialect_is_charged() {
        BudgetFixture budget = new BudgetFixture(with(tokens(1_000_000)));
        for (Dialect dialect : Dialect.KNOWN) {
            budget.asking(TestRequest.of(dialect, "{\"model\":\"m\"}").tokens(10))
                    .answers("gpu/m", 10, 5);
        }

        assertThat(budget.spentOf("total, tokens, 2026-01")).isEqualTo(15L * Dialect.KNOWN.size());
    }

    @Test
    void what_is_paid_for_is_for_those_who_may_spend_money() {
        BudgetFixture budget = new BudgetFixture(with().with(
                        BudgetOptions.PRICES,
                        java.util.Map.of("gpu/*", BudgetFixture.price("3", "15").with(BudgetOptions.PAID, true))));

        assertThat(refusal(budget.asks("gpu/m")).kind()).isEqualTo(Kind.NOT_ALLOWED);
        assertThat(refusal(budget.asks("gpu/m")).message())
                .isEqualTo("gpu/m is paid for; profiles.test.guards.budget.allow-paid would allow it");
        assertThat(budget.asks("laptop/m")).isEqualTo(Verdict.admit());
        budget.in(BudgetFixture.profile().withPresent(BudgetOptions.PROFILE_ALLOW_PAID, true));
        assertThat(budget.asks("gpu/m")).isEqualTo(Verdict.admit());
    }

    // Whose budgets there are.

    @Test
    void each_caller_has_a_budget_of_his_own_and_his_own_limit_is_his_own_affair() {
        BudgetFixture budget = new BudgetFixture(with(ofCaller("*", tokens(150))));
        budget.by("alice").answers("gpu/m", 100, 0);

        Refusal refusal = refusal(budget.asks("gpu/m"));
        assertThat(refusal.kind()).isEqualTo(Kind.OVER_BUDGET);
        assertThat(refusal.kind().status()).isEqualTo(429);
        assertThat(refusal.kind().code()).isEqualTo("insufficient_quota");
        assertThat(refusal.message())
                .isEqualTo("the budget of caller alice has 150 tokens for 2026-01, of which 100 tokens are spent;"
                        + " this may take up to 101 tokens");
        assertThat(refusal.details()).containsEntry("needed", "101 tokens").containsEntry("limit", "150 tokens");
        assertThat(refusal.retryAfter()).contains(Duration.ofDays(30).plusHours(12));
        assertThat(budget.by("bob").fits("gpu/m")).isTrue();
    }

    @Test
    void of_two_budgets_that_differ_in_nothing_but_how_much_the_first_holds() {
        BudgetFixture budget = new BudgetFixture(with(ofCaller("alice", tokens(1_000)), ofCaller("*", tokens(150))));
        budget.by("alice").answers("gpu/m", 100, 0);
        budget.by("bob").answers("gpu/m", 100, 0);

        assertThat(budget.by("alice").fits("gpu/m")).isTrue();
        assertThat(budget.by("bob").fits("gpu/m")).isFalse();
        assertThat(budget.spentOf("caller alice, tokens, 2026-01")).isEqualTo(100);
    }

    @Test
    void backends_profiles_and_all_together_have_budgets_too_and_all_that_fit_are_charged() {
        BudgetFixture budget = new BudgetFixture(with(
                tokens(150).withPresent(BudgetOptions.BACKEND, new Glob("gpu")),
                money("1").withPresent(BudgetOptions.PROFILE, new Glob("te*")),
                tokens(10_000).withPresent(BudgetOptions.PROFILE, new Glob("other")),
                perDay(money("5"))));
        budget.answers("gpu/m", 100, 10);

        assertThat(budget.spent())
                .containsOnly(
                        java.util.Map.entry("backend gpu, tokens, 2026-01", 110L),
                        java.util.Map.entry("profile test, money, 2026-01", 450L),
                        java.util.Map.entry("total, money, 2026-01-01", 450L));
        assertThat(refusal(budget.asks("gpu/other")).kind()).isEqualTo(Kind.BUDGET_SPENT);
        assertThat(budget.fits("laptop/m")).isTrue();
    }

    @Test
    void who_is_not_in_a_profile_has_no_budget_of_one() {
        BudgetFixture budget = new BudgetFixture(with(tokens(10).withPresent(BudgetOptions.PROFILE, new Glob("*"))));
        var bare = new dev.signalbox.testkit.TestAttempt(
                budget.at("gpu/m").target(),
                budget.at("gpu/m").status(),
                0,
                0,
                budget.at("gpu/m").request(),
                "",
                BudgetFixture.profile(),
                List.of(),
                List.of(),
                budget.at("gpu/m").arrived(),
                budget.at("gpu/m").deadline(),
                java.util.OptionalLong.empty(),
                java.util.OptionalLong.empty(),
                false);

        assertThat(budget.guard().assess(bare)).isEqualTo(Verdict.admit());
        assertThat(budget.fits("gpu/m")).isFalse();
    }

    // Off, warn, exclude.

    @Test
    void who_is_only_warned_goes_on_and_is_charged() {
        BudgetFixture budget = new BudgetFixture(with(tokens(150))).in(doing(Action.WARN));
        budget.answers("gpu/m", 100, 1);

        assertThat(budget.asks("gpu/m"))
                .isInstanceOfSatisfying(
                        Verdict.Admit.class,
                        admit -> assertThat(admit.notes())
                                .singleElement()
                                .asString()
                                .startsWith("the budget of all together has 150 tokens for 2026-01"));
        budget.answers("gpu/m", 100, 1);
        assertThat(budget.spentOf("total, tokens, 2026-01")).isEqualTo(202);
    }

    @Test
    void who_is_left_alone_is_charged_too() {
        BudgetFixture budget = new BudgetFixture(with(tokens(150))).in(doing(Action.OFF));
        budget.answers("gpu/m", 100, 1);
        budget.answers("gpu/m", 100, 1);

        assertThat(budget.asks("gpu/m")).isEqualTo(Verdict.admit());
        assertThat(budget.in(doing(Action.EXCLUDE)).fits("gpu/m")).isFalse();
    }

    // Ledgers that cannot.

    @Test
    void where_the_ledger_has_nothing_to_give_out_requests_wait_unless_they_are_only_warned() {
        BudgetFixture budget = withLedgerThatSays(new Ledger.Answer.Later("the next block is being fetched"));

        assertThat(budget.admits("gpu/m")).isEqualTo(Admission.later("the next block is being fetched"));
        budget.in(doing(Action.WARN)).answers("gpu/m", 100, 1);
        assertThat(budget.spentOf("total, tokens, 2026-01")).isEqualTo(101);
    }

    @Test
    void where_the_ledger_cannot_be_used_requests_are_refused_unless_they_are_only_warned() {
        BudgetFixture budget = withLedgerThatSays(new Ledger.Answer.Unusable("its file is damaged"));

        assertThat(budget.admits("gpu/m"))
                .isEqualTo(Admission.refused(Refusal.of(Kind.BUDGET_SPENT, "its file is damaged")));
        assertThat(budget.in(doing(Action.OFF)).admits("gpu/m")).isInstanceOf(Admission.Granted.class);
    }

    private static BudgetFixture withLedgerThatSays(Ledger.Answer answer) {
        TestContext context = TestContext.named("budget");
        AtomicReference<Ledger.Answer> said = new AtomicReference<>(answer);
        context.ledger(new TestLedger(context.clock()) {
            @Override
            public Answer reserve(List<Claim> claims) {
                return said.get();
            }
        });
        return new BudgetFixture(with(tokens(150)), context);
    }

    @Test
    void without_budgets_everything_is_counted_and_nothing_judged() {
        BudgetFixture budget = new BudgetFixture(with());
        budget.answers("gpu/m", 100, 1);

        assertThat(budget.asks("gpu/m")).isEqualTo(Verdict.admit());
        assertThat(budget.spent()).isEmpty();
        assertThat(budget.ledger().spendings())
                .singleElement()
                .satisfies(sum -> assertThat(sum.cost()).isEqualByComparingTo("0.000315"));
        assertThat(budget.ledger().totals())
                .doesNotContainKey(new Account(
                        "total",
                        Account.Unit.TOKENS,
                        Period.MONTH.spanAt(budget.context().clock().instant(), ZoneId.of("UTC"))));
    }

    @Test
    void what_is_said_of_a_target_without_its_tag_is_said_of_the_one_that_its_server_lists() {
        ScriptedHost desk = ScriptedHost.of("desk", 1 << 30).server("gpu").model("gpu/m:latest", 1 << 20);
        TestContext context = TestContext.named("budget").hosts(List.of(desk));
        BudgetFixture budget = new BudgetFixture(
                with(ofTarget("gpu/m", tokens(300)), ofTarget("*", tokens(1_000)))
                        .with(BudgetOptions.PRICES, Map.of("gpu/*", price("3", "15"), "gpu/m", price("1000000", "0"))),
                context);
        budget.answers("gpu/m:latest", 200, 50);

        assertThat(budget.fits("gpu/m:latest")).isFalse();
        assertThat(budget.ledger().spendings())
                .singleElement()
                .satisfies(line -> assertThat(line.cost()).isEqualByComparingTo("200"));
        assertThat(budget.rows("budgets"))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("limit", 300L));
    }
}
