package dev.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.AttemptReport;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.Guard;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.ProbeReport;
import dev.signalbox.spi.Screening;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * What every guard promises: it judges without leaving a trace, never waits, takes back whatever it granted however that
 * ends, learns from anything it is told, and may be asked by a thousand threads at once. Extend it, say how to make yours,
 * and the promises become tests.
 *
 * <p>Each test has its own {@link #context} and {@link #guard}; add tests of your own beside the inherited ones.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class GuardContract {

    /** What the guard is lent. */
    protected final TestContext context = TestContext.named("test").hosts(List.of(TestHost.of("desk", "gpu")));

    /** What is tested. */
    protected Guard guard;

    @BeforeEach
    void makeGuard() {
        guard = guard(context);
    }

    @AfterEach
    void closeGuard() {
        guard.close();
    }

    /** Makes the guard. */
    protected abstract Guard guard(PluginContext context);

    /** The guard's options in a profile; for a guard that has some, {@code PluginConfig.of(profileOptions, …)}. */
    protected PluginConfig settings() {
        return PluginConfig.empty();
    }

    /** An attempt that the guard judges in the other tests. */
    protected TestAttempt attempt() {
        return TestAttempt.at("gpu/test-model").with(settings()).among(TestHost.of("desk", "gpu"));
    }

    @Test
    void screening_is_pure() {
        for (TestRequest request : OddRequests.all()) {
            Screening screening = new Screening(request, "test", settings());
            assertThat(guard.screen(screening)).isNotNull().isEqualTo(guard.screen(screening));
        }
    }

    @Test
    void assessing_is_pure() {
        for (TestRequest request : OddRequests.all()) {
            TestAttempt attempt = attempt().of(request);
            assertThat(guard.assess(attempt)).isNotNull().isEqualTo(guard.assess(attempt));
        }
    }

    @Test
    void assesses_targets_of_which_nothing_is_known() {
        for (BackendState state : BackendState.values()) {
            assertThat(guard.assess(attempt().in(state))).isNotNull();
        }
        assertThat(guard.assess(TestAttempt.at("nobody/knows").with(settings())))
                .isNotNull();
    }

    @Test
    void a_lease_that_is_undone_leaves_no_trace() {
        String before = outcome(guard.admit(attempt()));

        for (int i = 0; i < 50; i++) {
            assertThat(outcome(guard.admit(attempt()))).isEqualTo(before);
        }
    }

    /** Whatever waits, for a lock, a queue, a socket or the clock, notices that its thread was interrupted. */
    @Test
    void never_waits_and_leaves_interrupts_alone() {
        Thread.currentThread().interrupt();
        try {
            assertThatCode(() -> {
                        guard.screen(new Screening(TestRequest.saying("All clear?"), "test", settings()));
                        guard.assess(attempt());
                        if (guard.admit(attempt()) instanceof Admission.Granted granted) {
                            granted.lease().committed(committed());
                            granted.lease().end(attempt().answered());
                        }
                        guard.observe(attempt().answered());
                        guard.probed(probe(BackendState.READY, Optional.empty()));
                    })
                    .doesNotThrowAnyException();
        } finally {
            assertThat(Thread.interrupted())
                    .as("the interrupt is still there for whoever asked")
                    .isTrue();
        }
    }

    @Test
    void judging_grants_nothing_and_counts_nothing() {
        String before = outcome(guard.admit(attempt()));
        for (int i = 0; i < 200; i++) {
            guard.screen(new Screening(TestRequest.saying("All clear?"), "test", settings()));
            guard.assess(attempt());
        }
        assertThat(outcome(guard.admit(attempt()))).isEqualTo(before);
    }

    @Test
    void learns_from_any_report() {
        for (AttemptReport.Phase phase : AttemptReport.Phase.values()) {
            for (AttemptReport.Outcome outcome : outcomes()) {
                assertThatCode(() -> guard.observe(attempt().report(phase, outcome)))
                        .doesNotThrowAnyException();
            }
        }
        for (BackendState state : BackendState.values()) {
            assertThatCode(() -> guard.probed(probe(state, Optional.empty()))).doesNotThrowAnyException();
            assertThatCode(() -> guard.probed(
                            probe(state, Optional.of(Failure.of(FailureKind.UNREACHABLE, "connection refused")))))
                    .doesNotThrowAnyException();
        }
    }

    /** As the engine tells it: the lease hears first, then {@code observe}, at the first content and at the end. */
    @Test
    void an_attempt_may_end_in_any_way_and_what_it_held_is_given_back() {
        for (AttemptReport.Outcome outcome : outcomes()) {
            for (boolean commits : new boolean[] {true, false}) {
                Guard fresh = guard(context);
                try {
                    assertThatCode(() -> attempt(fresh, outcome, commits)).doesNotThrowAnyException();
                    assertThatCode(() -> attempt(fresh, new AttemptReport.Outcome.Answered(), true))
                            .doesNotThrowAnyException();
                } finally {
                    fresh.close();
                }
            }
        }
    }

    /** Nobody may be kept out a day later by attempts that are over and at which nothing was wrong. */
    @Test
    void whoever_was_answered_or_left_keeps_nobody_out() {
        String before = outcome(guard.admit(attempt()));
        for (int i = 0; i < 100; i++) {
            attempt(guard, new AttemptReport.Outcome.Answered(), true);
            attempt(guard, new AttemptReport.Outcome.ClientLeft(), true);
        }
        context.hands().advance(Duration.ofDays(1));
        assertThat(outcome(guard.admit(attempt()))).isEqualTo(before);
    }

    private void attempt(Guard asked, AttemptReport.Outcome outcome, boolean commits) {
        if (asked.admit(attempt()) instanceof Admission.Granted granted) {
            if (commits) {
                granted.lease().committed(committed());
                asked.observe(committed());
            }
            AttemptReport over = attempt().report(AttemptReport.Phase.ENDED, outcome);
            granted.lease().end(over);
            asked.observe(over);
        }
    }

    private static List<AttemptReport.Outcome> outcomes() {
        List<AttemptReport.Outcome> outcomes =
                new ArrayList<>(List.of(new AttemptReport.Outcome.Answered(), new AttemptReport.Outcome.ClientLeft()));
        for (FailureKind kind : FailureKind.values()) {
            outcomes.add(new AttemptReport.Outcome.Failed(Failure.of(kind, "signal lost")));
        }
        return outcomes;
    }

    private static ProbeReport probe(BackendState state, Optional<Failure> failure) {
        return new ProbeReport("gpu", BackendState.READY, BackendStatus.of(state), failure, Duration.ofMillis(3));
    }

    /** A lease hears of the first content, or of an end without one; the guard lets in as before after either. */
    @Test
    void what_was_granted_may_commit_or_not_before_it_ends() {
        for (boolean commits : new boolean[] {true, false, true}) {
            if (guard.admit(attempt()) instanceof Admission.Granted granted) {
                assertThatCode(() -> {
                            if (commits) {
                                granted.lease().committed(committed());
                            }
                            granted.lease().end(attempt().answered());
                        })
                        .doesNotThrowAnyException();
            }
        }
    }

    private AttemptReport committed() {
        return attempt().report(AttemptReport.Phase.COMMITTED, new AttemptReport.Outcome.Answered());
    }

    @Test
    void any_thread_may_call_anything() {
        AtOnce.run(() -> {
            for (int i = 0; i < 50; i++) {
                guard.screen(new Screening(TestRequest.saying("All clear?"), "test", settings()));
                guard.assess(attempt());
                if (guard.admit(attempt()) instanceof Admission.Granted granted) {
                    granted.lease().committed(committed());
                    granted.lease().end(attempt().answered());
                }
                guard.observe(attempt().answered());
            }
            return true;
        });
    }

    @Test
    void a_thousand_threads_that_are_let_in_and_not_after_all_leave_no_trace() {
        String before = outcome(guard.admit(attempt()));
        AtOnce.run(1_000, () -> outcome(guard.admit(attempt())));
        assertThat(outcome(guard.admit(attempt()))).isEqualTo(before);
    }

    @Test
    void of_a_thousand_threads_that_are_answered_none_is_kept_out_afterwards() {
        String before = outcome(guard.admit(attempt()));
        AtOnce.run(1_000, () -> {
            guard.assess(attempt());
            attempt(guard, new AttemptReport.Outcome.Answered(), true);
            return true;
        });
        context.hands().advance(Duration.ofDays(1));
        assertThat(outcome(guard.admit(attempt()))).isEqualTo(before);
    }

    @Test
    void leaves_no_task_behind() {
        TestContext other = TestContext.named("other");

        guard(other).close();

        assertThat(other.hands().scheduled()).isZero();
    }

    /** The kind of an admission, given back if it was granted. */
    private static String outcome(Admission admission) {
        if (admission instanceof Admission.Granted granted) {
            granted.lease().undo();
        }
        return admission.getClass().getSimpleName();
    }
}
