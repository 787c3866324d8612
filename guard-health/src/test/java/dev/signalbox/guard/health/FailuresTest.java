package dev.signalbox.guard.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.Lease;
import dev.signalbox.spi.Refusal;
import dev.signalbox.spi.RouterEvent;
import dev.signalbox.spi.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What failures make of a target. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FailuresTest {

    private HealthFixture health = new HealthFixture();

    @Test
    void nothing_speaks_against_a_target_that_answers() {
        health.answers("gpu/m");

        assertThat(health.asks("gpu/m")).isEqualTo(Verdict.admit());
    }

    @Test
    void fewer_failures_in_a_row_than_the_threshold_leave_it_healthy() {
        health.failsTimes(2, "gpu/m");

        assertThat(health.told()).isEmpty();
    }

    @Test
    void as_many_as_the_threshold_make_it_degraded_which_keeps_nobody_off() {
        health.failsTimes(3, "gpu/m");

        assertThat(health.asks("gpu/m")).isEqualTo(Verdict.admit());
        assertThat(health.told()).singleElement().satisfies(event -> {
            assertThat(event.by()).isEqualTo("health");
            assertThat(event.of()).isEqualTo("gpu/m");
            assertThat(event.before()).isEqualTo("healthy");
            assertThat(event.now()).isEqualTo("degraded");
            assertThat(event.cause()).contains("failed 3 times in a row", "server-error: signal lost");
        });
    }

    @Test
    void twice_as_many_make_it_unhealthy_and_it_comes_last() {
        health.failsTimes(5, "gpu/m");
        assertThat(health.asks("gpu/m")).isEqualTo(Verdict.admit());
        health.fails("gpu/m");

        assertThat(health.asks("gpu/m"))
                .isEqualTo(Verdict.demoteLast(
                        "gpu/m is unhealthy: failed 6 times in a row, last with server-error: signal lost;"
                                + " asked again in 30 s"));
        assertThat(health.told())
                .extracting(RouterEvent.JudgementChanged::now)
                .containsExactly("degraded", "unhealthy");
    }

    @Test
    void any_answer_makes_it_healthy_and_the_count_begins_anew() {
        health.failsTimes(5, "gpu/m");
        health.answers("gpu/m");
        health.pass(61);
        health.failsTimes(5, "gpu/m");

        assertThat(health.asks("gpu/m")).isEqualTo(Verdict.admit());
        assertThat(health.told())
                .extracting(RouterEvent.JudgementChanged::now)
                .containsExactly("degraded", "healthy", "degraded");
    }

    @Test
    void an_answer_of_an_unhealthy_target_that_was_tried_as_the_last_one_makes_it_healthy() {
        health.failsTimes(6, "gpu/m");
        health.answers("gpu/m");

        assertThat(health.asks("gpu/m")).isEqualTo(Verdict.admit());
    }

    @Test
    void the_threshold_is_that_of_the_profile_that_asks() {
        health.failsTimes(4, "gpu/m");

        assertThat(health.asks("gpu/m")).isEqualTo(Verdict.admit());
        health.in(HealthFixture.profile().withPresent(HealthGuardFactory.PROFILE_THRESHOLD, 2L));
        assertThat(health.asks("gpu/m")).isInstanceOf(Verdict.Demote.class);
    }

    @Test
    void what_one_profile_saw_counts_in_all() {
        health.in(HealthFixture.doing(Action.WARN)).failsTimes(6, "gpu/m");

        assertThat(health.in(HealthFixture.profile()).asks("gpu/m")).isInstanceOf(Verdict.Demote.class);
    }

    @Test
    void off_counts_nothing_and_keeps_nobody_off() {
        health.in(HealthFixture.doing(Action.OFF)).failsTimes(20, "gpu/m");
        assertThat(health.in(HealthFixture.profile()).asks("gpu/m")).isEqualTo(Verdict.admit());

        health.failsTimes(6, "gpu/m");
        assertThat(health.in(HealthFixture.doing(Action.OFF)).asks("gpu/m")).isEqualTo(Verdict.admit());
    }

    @Test
    void warn_says_it_and_keeps_nobody_off() {
        health.in(HealthFixture.doing(Action.WARN)).failsTimes(6, "gpu/m");

        assertThat(health.asks("gpu/m"))
                .isInstanceOfSatisfying(
                        Verdict.Admit.class,
                        admit -> assertThat(admit.notes())
                                .singleElement()
                                .asString()
                                .contains("unhealthy"));
    }

    @Test
    void exclude_refuses_it_with_the_time_that_is_left() {
        health.in(HealthFixture.doing(Action.EXCLUDE)).failsTimes(6, "gpu/m");
        health.pass(10);

        assertThat(health.asks("gpu/m")).isInstanceOfSatisfying(Verdict.Exclude.class, exclude -> {
            assertThat(exclude.refusal().kind()).isEqualTo(Refusal.Kind.UNHEALTHY);
            assertThat(exclude.refusal().retryAfter()).contains(Duration.ofSeconds(20));
        });
    }

    @ParameterizedTest
    @EnumSource(FailureKind.class)
    void only_what_speaks_about_the_server_counts(FailureKind kind) {
        for (int i = 0; i < 40; i++) {
            health.fails("gpu/m", kind);
        }
        boolean counts = !List.of(
                        FailureKind.LOADING,
                        FailureKind.CONTEXT_OVERFLOW,
                        FailureKind.UNSUPPORTED,
                        FailureKind.UNAUTHORIZED,
                        FailureKind.REJECTED,
                        FailureKind.DEFECT)
                .contains(kind);

        assertThat(health.asks("gpu/m") instanceof Verdict.Demote).isEqualTo(counts);
    }

    @Test
    void clients_that_leave_are_not_held_against_it() {
        for (int i = 0; i < 40; i++) {
            health.letIn("gpu/m").end(health.left("gpu/m"));
        }

        assertThat(health.asks("gpu/m")).isEqualTo(Verdict.admit());
        assertThat(health.told()).isEmpty();
    }

    @Test
    void a_first_content_is_no_success_before_the_end_of_the_reply() {
        health.failsTimes(5, "gpu/m");
        health.letIn("gpu/m").committed(health.committed("gpu/m"));
        health.fails("gpu/m");

        assertThat(health.asks("gpu/m")).isInstanceOf(Verdict.Demote.class);
    }

    @Test
    void breaks_after_the_first_content_count_against_it() {
        for (int i = 0; i < 6; i++) {
            Lease lease = health.letIn("gpu/m");
            lease.committed(health.committed("gpu/m"));
            lease.end(health.failure("gpu/m", FailureKind.BROKEN_REPLY));
        }

        assertThat(health.asks("gpu/m")).isInstanceOf(Verdict.Demote.class);
    }

    // The share of failures.

    private void mixed(int requests) {
        for (int i = 0; i < requests; i++) {
            if (i % 2 == 0) {
                health.answers("gpu/m");
            } else {
                health.fails("gpu/m");
            }
        }
    }

    @Test
    void half_of_ten_requests_failing_makes_it_unhealthy_though_never_two_in_a_row() {
        mixed(10);

        assertThat(health.asks("gpu/m")).isInstanceOf(Verdict.Demote.class);
        assertThat(health.told())
                .singleElement()
                .satisfies(event -> assertThat(event.cause())
                        .isEqualTo("50 % of its requests failed, last with server-error: signal lost"));
    }

    @Test
    void fewer_requests_make_no_share() {
        mixed(9);

        assertThat(health.asks("gpu/m")).isEqualTo(Verdict.admit());
    }

    @Test
    void what_is_longer_ago_than_the_window_does_not_count() {
        mixed(8);
        health.pass(61);
        mixed(8);

        assertThat(health.asks("gpu/m")).isEqualTo(Verdict.admit());
    }

    @Test
    void it_does_not_come_back_silently_because_it_has_no_requests() {
        mixed(10);
        health.pass(Duration.ofHours(5));

        Lease only = health.letIn("gpu/m");
        assertThat(health.asks("gpu/m")).as("one looks, the others stay off").isInstanceOf(Verdict.Demote.class);
        only.committed(health.committed("gpu/m"));
        assertThat(health.asks("gpu/m")).isEqualTo(Verdict.admit());
    }

    @Test
    void operators_see_it_in_a_report() {
        health.failsTimes(6, "gpu/m");

        assertThat(health.context().report("health").orElseThrow().content().get())
                .isInstanceOfSatisfying(
                        Map.class,
                        content -> assertThat(content.toString())
                                .contains(
                                        "name=gpu/m", "state=unhealthy", "failures_in_a_row=6", "asked again in 30 s"));
    }
}
