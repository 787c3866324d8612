package dev.signalbox.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.FailureKind;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RetryPauseTest {

    private final Retry retry = new Retry(3, Duration.ofSeconds(1), Set.of(FailureKind.OVERLOADED));

    @Test
    void doubles_each_time() {
        assertThat(retry.pause(0, 0.5)).isEqualTo(Duration.ofSeconds(1));
        assertThat(retry.pause(1, 0.5)).isEqualTo(Duration.ofSeconds(2));
        assertThat(retry.pause(2, 0.5)).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void is_half_to_one_and_a_half_of_that_by_chance_so_that_many_do_not_come_back_at_once() {
        assertThat(retry.pause(0, 0)).isEqualTo(Duration.ofMillis(500));
        assertThat(retry.pause(0, 1)).isEqualTo(Duration.ofMillis(1_500));
    }

    @Test
    void stays_a_length_of_time_however_often_it_doubles() {
        Retry lengthy = new Retry(1_000, Duration.ofMinutes(5), Set.of(FailureKind.OVERLOADED));

        assertThat(lengthy.pause(999, 1)).isPositive().isGreaterThan(Duration.ofDays(365));
    }

    @Test
    void is_taken_as_often_as_is_said_and_for_the_kinds_that_are_said() {
        assertThat(retry.again(FailureKind.OVERLOADED, 2)).isTrue();
        assertThat(retry.again(FailureKind.OVERLOADED, 3)).isFalse();
        assertThat(retry.again(FailureKind.SERVER_ERROR, 0)).isFalse();
    }
}
