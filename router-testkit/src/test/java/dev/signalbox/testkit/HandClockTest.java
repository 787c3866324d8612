package dev.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.api.Deadline;
import dev.signalbox.spi.PluginContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HandClockTest {

    private final HandClock clock = new HandClock();

    @Test
    void moves_only_when_it_is_turned() {
        clock.advance(Duration.ofMillis(1500));

        assertThat(clock.instant()).isEqualTo(HandClock.START.plusMillis(1500));
        assertThat(clock.nanoTime()).isEqualTo(1_500_000_000L);
    }

    @Test
    void a_deadline_comes_when_it_was_turned_far_enough() {
        Deadline deadline = clock.deadline(Duration.ofSeconds(2));

        clock.advance(Duration.ofSeconds(1));
        assertThat(deadline.remaining()).isEqualTo(Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(1));
        assertThat(deadline.expired()).isTrue();
    }

    @Test
    void runs_tasks_at_their_moments_in_the_order_of_these() {
        List<String> ran = new ArrayList<>();
        clock.schedule(Duration.ofSeconds(3), () -> ran.add("three at " + seconds()));
        clock.schedule(Duration.ofSeconds(2), () -> ran.add("two at " + seconds()));

        clock.advance(Duration.ofSeconds(5));

        assertThat(ran).containsExactly("two at 2", "three at 3", "two at 4");
    }

    @Test
    void a_task_that_turns_it_does_not_run_twice_at_once() {
        List<String> ran = new ArrayList<>();
        clock.schedule(Duration.ofSeconds(1), () -> {
            ran.add("begins at " + seconds());
            if (ran.size() == 1) {
                clock.advance(Duration.ofSeconds(4));
            }
            ran.add("ends at " + seconds());
        });

        clock.advance(Duration.ofSeconds(6));

        assertThat(ran).containsExactly("begins at 1", "ends at 5", "begins at 6", "ends at 6");
    }

    @Test
    void a_closed_task_runs_no_more_even_if_it_closes_itself() {
        List<PluginContext.Task> itself = new ArrayList<>();
        List<Long> ran = new ArrayList<>();
        itself.add(clock.schedule(Duration.ofSeconds(1), () -> {
            ran.add(seconds());
            itself.getFirst().close();
        }));

        clock.advance(Duration.ofSeconds(10));

        assertThat(ran).containsExactly(1L);
        assertThat(clock.scheduled()).isZero();
    }

    @Test
    void says_that_a_task_threw_after_all_have_run() {
        List<Long> ran = new ArrayList<>();
        clock.schedule(Duration.ofSeconds(1), () -> {
            throw new IllegalStateException("odd");
        });
        clock.schedule(Duration.ofSeconds(2), () -> ran.add(seconds()));

        assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(2)))
                .isInstanceOf(AssertionError.class)
                .hasMessage("2 runs of scheduled tasks threw")
                .hasRootCauseMessage("odd");
        assertThat(ran).containsExactly(2L);
    }

    @Test
    void cannot_be_turned_back_nor_kept_from_going_on() {
        assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(-1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> clock.schedule(Duration.ZERO, () -> {})).isInstanceOf(IllegalArgumentException.class);
    }

    private long seconds() {
        return clock.nanoTime() / 1_000_000_000L;
    }
}
