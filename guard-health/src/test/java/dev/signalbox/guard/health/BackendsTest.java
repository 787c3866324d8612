package dev.signalbox.guard.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.RouterEvent;
import dev.signalbox.spi.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What failures of targets make of their backend, and what probes make of it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BackendsTest {

    private HealthFixture health = new HealthFixture();

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
        nobodyAnswers(6);

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

    private void nobodyAnswers(int requests) {
        for (int i = 0; i < requests; i++) {
            health.fails("gpu/m", FailureKind.UNREACHABLE);
        }
    }

    /** For everybody, and not for one that has a look. */
    private void assertAProbeEndsItAfterThePause() {
        health.pass(30);
        health.probed("gpu", BackendState.READY);

        assertThat(health.letIn("gpu/m")).isNotNull();
        assertThat(health.asks("gpu/m")).as("nobody needs to look").isEqualTo(Verdict.admit());
    }

    @Test
    void a_probe_ends_a_long_outage_as_well_as_a_short_one() {
        nobodyIsThere(15);
        assertAProbeEndsItAfterThePause();
    }

    @Test
    void a_probe_ends_an_outage_that_many_requests_have_seen() {
        nobodyAnswers(12);
        assertAProbeEndsItAfterThePause();
    }

    @Test
    void also_if_something_else_had_gone_wrong_long_before() {
        hiccups();
        nobodyAnswers(12);
        assertAProbeEndsItAfterThePause();
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
}
