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
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * What every guard promises. Extend it, say how to make yours, and the promises become tests.
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

    @Test
    void learns_from_any_report() {
        Failure failure = Failure.of(FailureKind.SERVER_ERROR, "signal lost");
        List<AttemptReport.Outcome> outcomes = List.of(
                new AttemptReport.Outcome.Answered(),
                new AttemptReport.Outcome.Failed(failure),
                new AttemptReport.Outcome.ClientLeft());
        for (AttemptReport.Phase phase : AttemptReport.Phase.values()) {
            for (AttemptReport.Outcome outcome : outcomes) {
                assertThatCode(() -> guard.observe(attempt().report(phase, outcome)))
                        .doesNotThrowAnyException();
            }
        }
        assertThatCode(() -> guard.probed(new ProbeReport(
                        "gpu",
                        BackendState.READY,
                        BackendStatus.of(BackendState.DOWN),
                        Optional.of(failure),
                        Duration.ofMillis(3))))
                .doesNotThrowAnyException();
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
