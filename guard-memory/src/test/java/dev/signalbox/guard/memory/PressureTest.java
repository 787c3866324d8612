package dev.signalbox.guard.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Target;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.AttemptReport;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.Refusal;
import dev.signalbox.spi.Verdict;
import dev.signalbox.testkit.HandClock;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a target that ran out of memory. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PressureTest {

    private final MemoryFixture memory = new MemoryFixture();

    @Test
    void nothing_speaks_against_a_target_that_never_ran_out_of_memory() {
        memory.answers(memory.at("gpu/m"));

        assertThat(memory.asks(memory.at("gpu/m"))).isEqualTo(Verdict.admit());
    }

    @Test
    void a_target_that_did_comes_last_for_two_minutes() {
        memory.fails(memory.at("gpu/m"));
        memory.pass(Duration.ofSeconds(20));

        assertThat(memory.asks(memory.at("gpu/m")))
                .isEqualTo(Verdict.demote("gpu/m ran out of memory 20 s ago; asked again in 100 s"));
        memory.pass(Duration.ofSeconds(99));
        assertThat(memory.asks(memory.at("gpu/m"))).isInstanceOf(Verdict.Demote.class);
        memory.pass(Duration.ofSeconds(1));
        assertThat(memory.asks(memory.at("gpu/m")))
                .as("at the very moment it is over")
                .isEqualTo(Verdict.admit());
    }

    @Test
    void other_targets_of_the_same_server_do_not_suffer() {
        memory.fails(memory.at("gpu/m"));

        assertThat(memory.asks(memory.at("gpu/other"))).isEqualTo(Verdict.admit());
        assertThat(memory.asks(memory.at("cpu/m"))).isEqualTo(Verdict.admit());
    }

    @Test
    void what_is_done_about_it_is_for_each_profile_to_say() {
        memory.fails(memory.at("gpu/m"));
        memory.pass(Duration.ofSeconds(20));
        String reason = "gpu/m ran out of memory 20 s ago; asked again in 100 s";

        assertThat(memory.asks(memory.at("gpu/m").with(MemoryFixture.doing(Action.OFF))))
                .isEqualTo(Verdict.admit());
        assertThat(memory.asks(memory.at("gpu/m").with(MemoryFixture.doing(Action.WARN))))
                .isEqualTo(Verdict.admit(reason));
        assertThat(memory.asks(memory.at("gpu/m").with(MemoryFixture.doing(Action.DEMOTE))))
                .isEqualTo(Verdict.demote(reason));
        assertThat(memory.asks(memory.at("gpu/m").with(MemoryFixture.doing(Action.EXCLUDE))))
                .isEqualTo(Verdict.exclude(Refusal.unhealthy(reason, Duration.ofSeconds(100))));
    }

    @Test
    void a_profile_heeds_what_happened_in_another_whatever_that_does_about_it() {
        memory.fails(memory.at("gpu/m").with(MemoryFixture.doing(Action.OFF)));

        assertThat(memory.asks(memory.at("gpu/m").with(MemoryFixture.doing(Action.EXCLUDE))))
                .isInstanceOf(Verdict.Exclude.class);
    }

    @Test
    void how_long_it_cools_down_is_for_the_profile_that_asks_to_say_not_for_the_one_that_saw_it() {
        memory.fails(memory.at("gpu/m").with(MemoryFixture.coolingFor(Duration.ofSeconds(10))));
        memory.pass(Duration.ofSeconds(15));

        assertThat(memory.asks(memory.at("gpu/m").with(MemoryFixture.coolingFor(Duration.ofSeconds(10)))))
                .isEqualTo(Verdict.admit());
        assertThat(memory.asks(memory.at("gpu/m").with(MemoryFixture.coolingFor(Duration.ofSeconds(20)))))
                .isInstanceOf(Verdict.Demote.class);
    }

    @Test
    void excluded_targets_say_when_to_come_again_in_whole_seconds() {
        memory.fails(memory.at("gpu/m"));
        memory.pass(Duration.ofMillis(119_400));

        Verdict.Exclude excluded =
                (Verdict.Exclude) memory.asks(memory.at("gpu/m").with(MemoryFixture.doing(Action.EXCLUDE)));

        assertThat(excluded.refusal().kind()).isEqualTo(Refusal.Kind.UNHEALTHY);
        assertThat(excluded.refusal().kind().status()).isEqualTo(503);
        assertThat(excluded.refusal().retryAfter()).contains(Duration.ofSeconds(1));
    }

    @Test
    void a_failure_while_it_cools_down_begins_it_anew_and_makes_it_longer() {
        memory.fails(memory.at("gpu/m"));
        memory.pass(Duration.ofSeconds(100));
        memory.fails(memory.at("gpu/m"));
        memory.pass(Duration.ofSeconds(239));

        assertThat(memory.asks(memory.at("gpu/m"))).isInstanceOf(Verdict.Demote.class);
        memory.pass(Duration.ofSeconds(1));
        assertThat(memory.asks(memory.at("gpu/m"))).isEqualTo(Verdict.admit());
    }

    @Test
    void however_often_it_fails_it_is_asked_again_after_an_hour() {
        for (int i = 0; i < 200; i++) {
            memory.fails(memory.at("gpu/m"));
            memory.pass(Duration.ofSeconds(30));
        }
        memory.pass(Duration.ofMinutes(59));
        assertThat(memory.asks(memory.at("gpu/m"))).isInstanceOf(Verdict.Demote.class);
        memory.pass(Duration.ofSeconds(30));
        assertThat(memory.asks(memory.at("gpu/m"))).isEqualTo(Verdict.admit());
    }

    @Test
    void requests_that_fail_together_count_once() {
        for (int i = 0; i < 10; i++) {
            memory.fails(memory.at("gpu/m"));
        }
        memory.pass(Duration.ofSeconds(120));

        assertThat(memory.asks(memory.at("gpu/m"))).isEqualTo(Verdict.admit());
    }

    @Test
    void a_failure_after_the_cool_down_is_like_the_first() {
        memory.fails(memory.at("gpu/m"));
        memory.pass(Duration.ofSeconds(121));
        memory.fails(memory.at("gpu/m"));
        memory.pass(Duration.ofSeconds(120));

        assertThat(memory.asks(memory.at("gpu/m"))).isEqualTo(Verdict.admit());
    }

    @Test
    void a_long_prompt_that_failed_does_not_ban_short_ones() {
        memory.fails(memory.at("gpu/m", 200_000));

        assertThat(memory.asks(memory.at("gpu/m", 8_000))).isEqualTo(Verdict.admit());
        assertThat(memory.asks(memory.at("gpu/m", 200_000)))
                .isEqualTo(Verdict.demote(
                        "gpu/m ran out of memory with more than 131,072 tokens 0 s ago; asked again in 120 s"));
        assertThat(memory.asks(memory.at("gpu/m", 900_000)))
                .as("an even longer one")
                .isInstanceOf(Verdict.Demote.class);
    }

    @Test
    void a_short_prompt_that_failed_bans_all() {
        memory.fails(memory.at("gpu/m", 500));

        assertThat(memory.asks(memory.at("gpu/m", 200_000))).isInstanceOf(Verdict.Demote.class);
        assertThat(memory.asks(memory.at("gpu/m", 1))).isInstanceOf(Verdict.Demote.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model requires more system memory (9.2 GiB) than is available (4.0 GiB)",
                "error loading model: unable to allocate CUDA0 buffer",
                "failed to load model: out of memory"
            })
    void a_model_that_did_not_even_get_in_is_banned_for_short_prompts_too(String message) {
        memory.fails(memory.at("gpu/m", 200_000), message);

        assertThat(memory.asks(memory.at("gpu/m", 10))).isInstanceOf(Verdict.Demote.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insufficient system resources for this model",
                "mmap failed: Cannot allocate memory",
                "the process was OOM-killed",
                "no host memory left"
            })
    void a_machine_that_has_no_memory_left_cools_down_as_a_whole(String message) {
        memory.fails(memory.at("gpu/m"), message);

        assertThat(memory.asks(memory.at("cpu/other")))
                .isEqualTo(Verdict.demote("the machine box ran out of memory 0 s ago; asked again in 120 s"));
        assertThat(memory.asks(memory.at("far/m"))).as("another machine").isEqualTo(Verdict.admit());
    }

    @ParameterizedTest
    @EnumSource(value = FailureKind.class, mode = EnumSource.Mode.EXCLUDE, names = "OUT_OF_MEMORY")
    void nothing_else_counts_whatever_its_words(FailureKind kind) {
        memory.fails(memory.at("gpu/m"), Failure.of(kind, "there is no room for a boom of bloomers; oom"));

        assertThat(memory.asks(memory.at("gpu/m"))).isEqualTo(Verdict.admit());
    }

    @Test
    void a_client_that_leaves_says_nothing_of_memory() {
        memory.ends(memory.at("gpu/m"), new AttemptReport.Outcome.ClientLeft());

        assertThat(memory.asks(memory.at("gpu/m"))).isEqualTo(Verdict.admit());
    }

    @Test
    void an_answer_ends_the_cool_down_for_what_is_no_longer_than_it() {
        memory.fails(memory.at("gpu/m", 500));
        memory.fails(memory.at("gpu/m", 200_000));
        memory.pass(Duration.ofSeconds(1));
        memory.answers(memory.at("gpu/m", 20_000));

        assertThat(memory.asks(memory.at("gpu/m", 500))).isEqualTo(Verdict.admit());
        assertThat(memory.asks(memory.at("gpu/m", 200_000))).isInstanceOf(Verdict.Demote.class);
    }

    @Test
    void an_answer_that_had_begun_before_says_nothing() {
        Admission.Granted before = memory.letIn(memory.at("gpu/m"));
        memory.pass(Duration.ofSeconds(1));
        memory.fails(memory.at("gpu/m"));
        before.lease().end(memory.at("gpu/m").answered());

        assertThat(memory.asks(memory.at("gpu/m"))).isInstanceOf(Verdict.Demote.class);
    }

    @Test
    void a_break_in_the_middle_of_an_answer_counts() {
        Admission.Granted granted = memory.letIn(memory.at("gpu/m"));
        granted.lease()
                .end(memory.at("gpu/m")
                        .report(
                                AttemptReport.Phase.ENDED,
                                new AttemptReport.Outcome.Failed(
                                        Failure.of(FailureKind.OUT_OF_MEMORY, MemoryFixture.OUT))));

        assertThat(memory.asks(memory.at("gpu/m"))).isInstanceOf(Verdict.Demote.class);
    }

    @Test
    void where_too_many_ran_out_of_memory_the_oldest_is_forgotten_and_not_the_newest() {
        HandClock clock = new HandClock();
        Pressure pressure = new Pressure(clock::nanoTime);
        Failure out = Failure.of(FailureKind.OUT_OF_MEMORY, MemoryFixture.OUT);
        for (int i = 0; i < 10_001; i++) {
            pressure.failed(Target.of("gpu/m" + i), "", () -> 10, out, Duration.ofMinutes(2));
            clock.advance(Duration.ofMillis(1));
        }

        assertThat(pressure.of(Target.of("gpu/m0"), "", () -> 10, Duration.ofMinutes(2)))
                .isEmpty();
        assertThat(pressure.of(Target.of("gpu/m1"), "", () -> 10, Duration.ofMinutes(2)))
                .isPresent();
        assertThat(pressure.of(Target.of("gpu/m10000"), "", () -> 10, Duration.ofMinutes(2)))
                .isPresent();
    }

    @Test
    void where_too_many_ran_out_of_memory_what_is_over_is_forgotten_first() {
        HandClock clock = new HandClock();
        Pressure pressure = new Pressure(clock::nanoTime);
        Failure out = Failure.of(FailureKind.OUT_OF_MEMORY, MemoryFixture.OUT);
        for (int i = 0; i < 9_999; i++) {
            pressure.failed(Target.of("gpu/m" + i), "", () -> 10, out, Duration.ofMinutes(2));
        }
        clock.advance(Duration.ofHours(2));
        pressure.failed(Target.of("cpu/old"), "", () -> 10, out, Duration.ofMinutes(2));
        pressure.failed(Target.of("cpu/new"), "", () -> 10, out, Duration.ofMinutes(2));

        assertThat(pressure.all(Duration.ofMinutes(2))).extracting(Cooling::who).containsExactly("cpu/new", "cpu/old");
    }
}
