package dev.signalbox.guard.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.spi.Lease;
import dev.signalbox.spi.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A target whose first content comes much later than that of the fastest of its chain. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SlowTest {

    private static final Duration QUICK = Duration.ofMillis(400);
    private static final Duration LATE = Duration.ofSeconds(4);

    private HealthFixture health = looking(Action.DEMOTE);

    private static HealthFixture looking(Action action) {
        return new HealthFixture().in(HealthFixture.doing(action).withPresent(HealthGuardFactory.PROFILE_SLOWER, 3.0));
    }

    private void answersTimes(int times, String target, Duration firstContent) {
        for (int i = 0; i < times; i++) {
            health.answersAfter(target, firstContent);
        }
    }

    private void slow() {
        answersTimes(5, "laptop/m", QUICK);
        answersTimes(5, "gpu/m", LATE);
    }

    @Test
    void comes_last() {
        slow();

        assertThat(health.asks("gpu/m"))
                .isEqualTo(Verdict.demote("gpu/m is slow: its first content takes 4.0 s, that of the best of the chain"
                        + " 0.4 s; asked again in 30 s"));
        assertThat(health.asks("laptop/m")).isEqualTo(Verdict.admit());
        assertThat(health.told())
                .last()
                .satisfies(event -> assertThat(event.now()).isEqualTo("slow"));
    }

    @Test
    void is_not_excluded() {
        health = looking(Action.EXCLUDE);
        slow();

        assertThat(health.asks("gpu/m")).isInstanceOf(Verdict.Demote.class);
        Lease looks = health.letIn("gpu/m");
        assertThat(health.letIn("gpu/m")).as("nor kept waiting").isNotSameAs(looks);
    }

    @Test
    void is_not_looked_at_unless_somebody_wants_it() {
        slow();

        assertThat(health.in(HealthFixture.profile()).asks("gpu/m")).isEqualTo(Verdict.admit());
    }

    @Test
    void is_judged_against_its_chain_alone() {
        slow();

        assertThat(health.guard().assess(health.at("gpu/m").inChain("gpu/m", "studio/m")))
                .isEqualTo(Verdict.admit());
    }

    @Test
    void of_two_the_slower_one_is_found_with_twice_the_factor_as_with_ten() {
        answersTimes(5, "laptop/m", QUICK);
        answersTimes(5, "gpu/m", QUICK.multipliedBy(4));

        assertThat(health.asks("gpu/m"))
                .as("A wanted three times the mean of both")
                .isInstanceOf(Verdict.Demote.class);
    }

    @Test
    void is_nobody_whom_few_have_asked() {
        answersTimes(5, "laptop/m", QUICK);
        answersTimes(4, "gpu/m", LATE);

        assertThat(health.asks("gpu/m")).isEqualTo(Verdict.admit());
    }

    @Test
    void is_nobody_whose_difference_nobody_feels() {
        answersTimes(5, "laptop/m", Duration.ofMillis(20));
        answersTimes(5, "gpu/m", Duration.ofMillis(900));

        assertThat(health.asks("gpu/m")).isEqualTo(Verdict.admit());
    }

    @Test
    void a_late_answer_now_and_then_does_not_make_it_so() {
        answersTimes(5, "laptop/m", QUICK);
        answersTimes(10, "gpu/m", QUICK);
        answersTimes(1, "gpu/m", Duration.ofSeconds(2));

        assertThat(health.asks("gpu/m")).isEqualTo(Verdict.admit());
    }

    @Test
    void comes_back_by_one_quick_answer_after_a_pause() {
        slow();
        health.pass(30);
        assertThat(health.asks("gpu/m")).isEqualTo(Verdict.admit());
        Lease trial = health.letIn("gpu/m");
        assertThat(health.asks("gpu/m")).isInstanceOf(Verdict.Demote.class);
        trial.committed(health.begun("gpu/m", QUICK));

        assertThat(health.asks("gpu/m")).isEqualTo(Verdict.admit());
    }

    @Test
    void stays_last_for_longer_if_it_is_slow_still() {
        slow();
        health.pass(30);
        health.answersAfter("gpu/m", LATE);
        health.pass(44);
        assertThat(health.asks("gpu/m")).isInstanceOf(Verdict.Demote.class);
        health.pass(1);

        assertThat(health.asks("gpu/m")).isEqualTo(Verdict.admit());
    }

    @Test
    void does_not_come_back_silently_because_it_has_no_requests() {
        slow();
        health.pass(Duration.ofHours(3));
        health.letIn("gpu/m");

        assertThat(health.asks("gpu/m")).isInstanceOf(Verdict.Demote.class);
    }
}
