package dev.signalbox.guard.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.BackendState;
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

/** What failures make of a target and its backend. */
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

    // The backend.

    @Test
    void failures_of_several_targets_of_a_backend_make_all_its_targets_come_last() {
        health.failsTimes(3, "gpu/m");
        health.failsTimes(3, "gpu/other");

        assertThat(health.asks("gpu/third")).isInstanceOf(Verdict.Demote.class);
        assertThat(health.asks("laptop/m")).isEqualTo(Verdict.admit());
        assertThat(health.told())
                .filteredOn(event -> event.of().equals("gpu"))
                .extracting(RouterEvent.JudgementChanged::now)
                .containsExactly("degraded", "unhealthy");
    }

    @Test
    void one_model_that_fails_does_not_speak_against_the_others() {
        health.failsTimes(50, "gpu/m");

        assertThat(health.asks("gpu/m")).isInstanceOf(Verdict.Demote.class);
        assertThat(health.asks("gpu/other")).isEqualTo(Verdict.admit());
    }

    /** Of many requests one of each of two models fails, which matters to nobody. */
    private void hiccups() {
        for (int i = 0; i < 20; i++) {
            health.answers("gpu/m");
        }
        health.fails("gpu/m");
        health.fails("gpu/other");
        health.answers("gpu/m");
        health.answers("gpu/other");
        health.pass(Duration.ofHours(1));
    }

    @Test
    void nor_if_another_one_has_failed_long_before() {
        hiccups();
        health.failsTimes(12, "gpu/m");
        assertThat(health.asks("gpu/m")).isInstanceOf(Verdict.Demote.class);
        assertThat(health.asks("gpu/third")).isEqualTo(Verdict.admit());
    }

    @Test
    void a_share_of_failures_of_several_models_does() {
        for (int i = 0; i < 6; i++) {
            health.fails("gpu/m");
            health.answers("gpu/m");
            health.fails("gpu/other");
        }
        assertThat(health.asks("gpu/third")).isInstanceOf(Verdict.Demote.class);
    }

    @Test
    void a_server_that_is_not_there_is_not_there_for_any_model() {
        for (int i = 0; i < 6; i++) {
            health.fails("gpu/m", FailureKind.UNREACHABLE);
        }

        assertThat(health.asks("gpu/other")).isInstanceOf(Verdict.Demote.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureKind.class,
            names = {"MODEL_UNAVAILABLE", "OUT_OF_MEMORY"})
    void what_is_about_a_model_says_nothing_of_its_backend(FailureKind kind) {
        for (int i = 0; i < 6; i++) {
            health.fails("gpu/m", kind);
            health.fails("gpu/other", kind);
        }

        assertThat(health.asks("gpu/third")).isEqualTo(Verdict.admit());
    }

    @Test
    void an_answer_of_one_target_is_an_answer_of_its_backend() {
        health.failsTimes(3, "gpu/m");
        health.failsTimes(2, "gpu/other");
        health.answers("gpu/third");
        health.fails("gpu/other");

        assertThat(health.asks("gpu/third")).isEqualTo(Verdict.admit());
    }

    @Test
    void probes_that_find_nobody_count_against_the_backend_and_one_that_does_ends_it_after_the_pause() {
        for (int i = 0; i < 6; i++) {
            health.probed("gpu", BackendState.DOWN);
        }
        assertThat(health.asks("gpu/m")).isInstanceOf(Verdict.Demote.class);
        health.probed("gpu", BackendState.READY);
        assertThat(health.asks("gpu/m")).as("not before its time").isInstanceOf(Verdict.Demote.class);
        health.pass(30);
        health.probed("gpu", BackendState.READY);

        assertThat(health.asks("gpu/m")).isEqualTo(Verdict.admit());
        assertThat(health.told())
                .last()
                .satisfies(event -> assertThat(event.cause()).isEqualTo("a probe has found it again"));
    }

    private void nobodyIsThere(int probes) {
        for (int i = 0; i < probes; i++) {
            health.pass(5);
            health.probed("gpu", BackendState.DOWN);
        }
    }

    @Test
    void a_probe_ends_a_long_outage_as_well_as_a_short_one() {
        nobodyIsThere(15);
        health.pass(30);
        health.probed("gpu", BackendState.READY);

        assertThat(health.letIn("gpu/m")).isNotNull();
        assertThat(health.asks("gpu/m")).as("nobody needs to look").isEqualTo(Verdict.admit());
    }

    @Test
    void a_probe_ends_an_outage_that_many_requests_have_seen() {
        for (int i = 0; i < 12; i++) {
            health.fails("gpu/m", FailureKind.UNREACHABLE);
        }
        health.pass(30);
        health.probed("gpu", BackendState.READY);

        assertThat(health.letIn("gpu/m")).isNotNull();
        assertThat(health.asks("gpu/m")).isEqualTo(Verdict.admit());
    }

    @Test
    void also_if_something_else_had_gone_wrong_long_before() {
        hiccups();
        for (int i = 0; i < 12; i++) {
            health.fails("gpu/m", FailureKind.UNREACHABLE);
        }
        health.pass(30);
        health.probed("gpu", BackendState.READY);
        assertThat(health.letIn("gpu/m")).isNotNull();
        assertThat(health.asks("gpu/m")).isEqualTo(Verdict.admit());
    }

    @Test
    void probes_that_find_nobody_are_no_requests_and_make_no_share_of_one_that_fails() {
        health.in(HealthFixture.doing(Action.DEMOTE).withPresent(HealthGuardFactory.PROFILE_THRESHOLD, 20L));
        nobodyIsThere(15);
        health.fails("gpu/m");

        assertThat(health.asks("gpu/m")).isEqualTo(Verdict.admit());
    }

    @Test
    void probes_count_for_a_profile_that_is_judged_though_others_are_not() {
        health = new HealthFixture(HealthFixture.general().with(HealthGuardFactory.ACTION, Action.OFF));
        nobodyIsThere(6);

        assertThat(health.asks("gpu/m")).isEqualTo(Verdict.admit());
        assertThat(health.in(HealthFixture.doing(Action.DEMOTE)).asks("gpu/m")).isInstanceOf(Verdict.Demote.class);
    }

    @Test
    void a_probe_does_not_heal_what_answers_probes_and_fails_requests() {
        health.failsTimes(6, "gpu/m");
        health.pass(31);
        health.probed("gpu", BackendState.READY);

        assertThat(health.letIn("gpu/m")).isNotNull();
        assertThat(health.asks("gpu/m")).isInstanceOf(Verdict.Demote.class);
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
