package dev.signalbox.guard.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** How often and when a model was used last. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class UseTest {

    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");
    private static final long LATER = 1_000_000_000L;

    private final Use use = new Use();

    @Test
    void a_request_that_was_not_let_in_after_all_leaves_no_trace() {
        use.begin(5, 1, THEN);
        use.end(5, 1);
        double likely = use.likelihood(LATER);
        use.undo(7, use.begin(7, LATER, NOW));

        assertThat(use.lastUse()).isEqualTo(1);
        assertThat(use.lastUsed()).contains(THEN);
        assertThat(use.likelihood(LATER)).isEqualTo(likely);
        assertThat(use.promised()).isZero();
        assertThat(use.busy()).isFalse();
    }

    @Test
    void a_model_that_nobody_was_let_in_to_was_never_used() {
        use.undo(0, use.begin(0, LATER, NOW));

        assertThat(use.lastUsed()).isEmpty();
    }

    @Test
    void it_was_used_last_when_the_last_request_ended() {
        use.begin(0, 1, THEN);
        use.end(0, 1 + 5 * LATER);

        assertThat(use.lastUsed()).contains(THEN.plusSeconds(5));
    }

    @Test
    void of_uses_that_come_one_after_the_other_half_are_forgotten_in_ten_minutes() {
        double uses = 0;
        long now = 1;
        for (int second = 0; second < 3_600; second++) {
            use.begin(0, now, NOW);
            use.end(0, now + LATER / 2);
            uses = (uses + 1) * Math.pow(0.5, 1 / 600.0);
            now += LATER;
        }
        double hundredMinutesLater = uses / 1_024;

        assertThat(use.likelihood(now + 6_000 * LATER))
                .isCloseTo(hundredMinutesLater / (1 + hundredMinutesLater), within(0.001));
    }

    @Test
    void what_others_did_meanwhile_stays() {
        Use.Before before = use.begin(0, 1, THEN);
        use.begin(3, LATER, NOW);
        use.undo(0, before);

        assertThat(use.lastUse()).isEqualTo(LATER);
        assertThat(use.lastUsed()).contains(NOW);
        assertThat(use.inFlight()).isEqualTo(1);
        assertThat(use.promised()).isEqualTo(3);
        assertThat(use.likelihood(LATER)).as("of one use").isCloseTo(0.5, within(0.01));
    }
}
