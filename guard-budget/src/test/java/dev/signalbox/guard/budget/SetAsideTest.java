package dev.signalbox.guard.budget;

import static dev.signalbox.guard.budget.BudgetFixture.doing;
import static dev.signalbox.guard.budget.BudgetFixture.ofCaller;
import static dev.signalbox.guard.budget.BudgetFixture.perDay;
import static dev.signalbox.guard.budget.BudgetFixture.tokens;
import static dev.signalbox.guard.budget.BudgetFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.Usage;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.Lease;
import dev.signalbox.spi.Verdict;
import dev.signalbox.testkit.TestContext;
import dev.signalbox.testkit.TestLedger;
import dev.signalbox.testkit.TestRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What is set aside before an answer is there, and what becomes of it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SetAsideTest {

    private boolean setAside = true;

    @Test
    void the_most_that_the_client_lets_the_model_say_is_set_aside() {
        BudgetFixture budget = new BudgetFixture(with(tokens(1_000)))
                .asking(TestRequest.of(Dialect.OPENAI_CHAT, "{\"max_tokens\":500,\"messages\":[]}")
                        .tokens(100));
        Lease lease = budget.letIn("gpu/m");

        assertThat(budget.setAside()).isEqualTo(600);
        lease.end(budget.report("gpu/m", Usage.reported(90, 40)));
        assertThat(budget.setAside()).isZero();
        assertThat(budget.spentOf("total, tokens, 2026-01")).isEqualTo(130);
    }

    @Test
    void what_gives_vectors_says_nothing() {
        BudgetFixture budget = new BudgetFixture(with(tokens(500)))
                .asking(TestRequest.of(Dialect.OPENAI_EMBEDDINGS, "{\"input\":\"x\"}")
                        .tokens(100));
        budget.letIn("gpu/m");

        assertThat(budget.setAside()).isEqualTo(100);
    }

    @Test
    void a_request_waits_for_what_is_set_aside_and_not_for_what_is_spent() {
        BudgetFixture budget = new BudgetFixture(with(tokens(150)));
        Lease first = budget.letIn("gpu/m");

        assertThat(budget.asks("gpu/m")).isEqualTo(Verdict.admit());
        assertThat(budget.admits("gpu/m"))
                .isEqualTo(
                        Admission.later("the budget of all together has 150 tokens for 2026-01, of which 0 tokens are"
                                + " spent and 101 tokens set aside; this may take up to 101 tokens"));
        first.end(budget.report("gpu/m", Usage.reported(20, 1)));
        assertThat(budget.fits("gpu/m")).isTrue();
        budget.answers("gpu/m", 100, 1);
        assertThat(budget.admits("gpu/m")).isInstanceOf(Admission.Refused.class);
    }

    @Test
    void who_waits_for_what_is_set_aside_is_asked_again_when_it_comes_back_whatever_becomes_of_the_place() {
        BudgetFixture budget = new BudgetFixture(with(tokens(150)));
        budget.answers("gpu/m", 5, 1);
        assertThat(budget.context().askedAgain()).isZero();
        Lease first = budget.letIn("gpu/m");
        budget.admits("gpu/m");
        first.end(budget.report("gpu/m", Usage.reported(5, 1)));

        assertThat(budget.context().askedAgain()).isOne();
    }

    @Test
    void more_than_was_set_aside_is_booked_all_the_same() {
        BudgetFixture budget = new BudgetFixture(with(tokens(150)));
        budget.answers("gpu/m", 400, 1);

        assertThat(budget.spentOf("total, tokens, 2026-01")).isEqualTo(401);
        assertThat(budget.fits("gpu/m")).isFalse();
    }

    @Test
    void what_began_yesterday_is_booked_yesterday() {
        BudgetFixture budget = new BudgetFixture(with(perDay(tokens(150))));
        Lease lease = budget.letIn("gpu/m");
        budget.pass(Duration.ofHours(13));
        lease.end(budget.report("gpu/m", Usage.reported(100, 1)));

        assertThat(budget.spentOf("total, tokens, 2026-01-01")).isEqualTo(101);
        assertThat(budget.fits("gpu/m")).isTrue();
    }

    @Test
    void nobody_reads_a_prompt_for_a_budget_that_is_not_there() {
        BudgetFixture budget = new BudgetFixture(with(ofCaller("alice", tokens(150))));
        RequestThatIsNotRead unread = new RequestThatIsNotRead();

        assertThat(budget.guard().assess(budget.at("gpu/m", unread.of("bob")))).isEqualTo(Verdict.admit());
        assertThat(budget.guard().admit(budget.at("gpu/m", unread.of("bob")))).isInstanceOf(Admission.Granted.class);
        assertThat(unread.reads()).isZero();
        budget.guard().assess(budget.at("gpu/m", unread.of("alice")));
        assertThat(unread.reads()).isEqualTo(1);
    }

    @Test
    void a_prompt_is_read_when_targets_are_judged_and_not_when_its_request_is_let_in_whatever_is_done() {
        for (Action action : Action.values()) {
            BudgetFixture budget = new BudgetFixture(with(tokens(150))).in(doing(action));
            RequestThatIsNotRead unread = new RequestThatIsNotRead();
            budget.guard().assess(budget.at("gpu/m", unread.of("bob")));

            assertThat(unread.reads()).as("%s", action).isEqualTo(1);
        }
    }

    @Test
    void nobody_reads_a_prompt_that_is_little_beside_what_is_left_however_long_it_is() {
        BudgetFixture budget = new BudgetFixture(with(tokens(100_000)));
        RequestThatIsNotRead unread = new RequestThatIsNotRead();
        assertThat(budget.guard().assess(budget.at("gpu/m", unread.of("bob")))).isEqualTo(Verdict.admit());
        Admission admission = budget.guard().admit(budget.at("gpu/m", unread.of("bob")));

        assertThat(unread.reads()).isZero();
        assertThat(budget.setAside()).isEqualTo(unread.of("bob").mostTokens().orElseThrow() + 1);
        ((Admission.Granted) admission).lease().end(budget.report("gpu/m", Usage.reported(100, 1)));
        assertThat(budget.setAside()).isZero();
        assertThat(budget.spentOf("total, tokens, 2026-01")).isEqualTo(101);
    }

    @Test
    void who_goes_on_with_nothing_set_aside_gives_nothing_back() {
        TestContext context = TestContext.named("budget");
        context.ledger(new TestLedger(context.clock()) {
            @Override
            public Answer reserve(List<Claim> claims) {
                return setAside ? super.reserve(claims) : new Answer.Later("the ledger is being opened");
            }
        });
        BudgetFixture budget = new BudgetFixture(with(tokens(1_000)), context).in(doing(Action.WARN));
        budget.letIn("gpu/m");
        setAside = false;
        budget.letIn("gpu/m").undo();
        budget.answers("gpu/m", 20, 1);

        assertThat(budget.setAside()).isEqualTo(101);
        assertThat(budget.spentOf("total, tokens, 2026-01")).isEqualTo(21);
    }

    @Test
    void an_image_may_have_more_tokens_than_its_address_has_bytes() {
        BudgetFixture budget = new BudgetFixture(with(tokens(100_000)))
                .asking(TestRequest.of(Dialect.OPENAI_CHAT, """
                        {"messages":[{"role":"user","content":[
                          {"type":"image_url","image_url":{"url":"https://example.org/a.png"}}]}]}
                        """).tokens(5_000));
        budget.letIn("gpu/m");

        assertThat(budget.setAside()).isEqualTo(5_001);
    }
}
