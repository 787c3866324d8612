package dev.signalbox.guard.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.Lease;
import dev.signalbox.spi.Verdict;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** How what was kept off comes back: after a pause one request looks, and that decides. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ComingBackTest {

    private HealthFixture health = HealthFixture.excluding();

    private void unhealthyForItsPause() {
        health.failsTimes(6, "gpu/m");
        health.pass(30);
    }

    private boolean keptOff() {
        return !health.asks("gpu/m").equals(Verdict.admit());
    }

    @Test
    void it_is_let_alone_for_thirty_seconds_and_then_its_turn_comes_where_it_stands_in_the_chain() {
        health.failsTimes(6, "gpu/m");
        health.pass(29);
        assertThat(keptOff()).isTrue();
        health.pass(1);
        assertThat(keptOff()).isFalse();
    }

    @Test
    void a_demoted_target_at_the_end_of_the_chain_is_looked_at_again_though_others_answer() {
        health = new HealthFixture();
        unhealthyForItsPause();

        assertThat(health.asks("gpu/m")).isEqualTo(Verdict.admit());
    }

    @Test
    void looking_at_it_without_going_there_takes_nobodys_turn() {
        unhealthyForItsPause();
        for (int i = 0; i < 10; i++) {
            assertThat(keptOff()).isFalse();
        }
    }

    @Test
    void one_takes_the_turn_and_the_others_are_kept_off_meanwhile() {
        unhealthyForItsPause();
        health.letIn("gpu/m");

        assertThat(health.asks("gpu/m")).isInstanceOf(Verdict.Exclude.class);
        assertThat(health.in(HealthFixture.doing(Action.DEMOTE)).asks("gpu/m")).isInstanceOf(Verdict.Demote.class);
    }

    @Test
    void who_finds_it_taken_when_let_in_waits_where_it_is_excluded() {
        unhealthyForItsPause();
        health.letIn("gpu/m");

        assertThat(health.admits("gpu/m")).isInstanceOf(Admission.Later.class);
    }

    @Test
    void who_finds_it_taken_when_let_in_goes_where_it_is_demoted_and_decides_nothing_by_failing() {
        health = new HealthFixture();
        unhealthyForItsPause();
        Lease first = health.letIn("gpu/m");
        Lease second = health.letIn("gpu/m");
        second.end(health.failure("gpu/m", FailureKind.SERVER_ERROR));

        assertThat(health.asks("gpu/m")).isInstanceOf(Verdict.Demote.class);
        first.committed(health.committed("gpu/m"));
        assertThat(health.asks("gpu/m")).isEqualTo(Verdict.admit());
    }

    @Test
    void its_first_content_decides_that_it_is_back_and_those_who_wait_are_asked() {
        unhealthyForItsPause();
        health.letIn("gpu/m").committed(health.committed("gpu/m"));

        assertThat(keptOff()).isFalse();
        assertThat(health.admits("gpu/m")).isInstanceOf(Admission.Granted.class);
        assertThat(health.context().askedAgain()).isPositive();
        assertThat(health.told()).last().satisfies(event -> {
            assertThat(event.of()).isEqualTo("gpu/m");
            assertThat(event.before()).isEqualTo("unhealthy");
            assertThat(event.now()).isEqualTo("healthy");
            assertThat(event.cause()).isEqualTo("it answers again");
        });
    }

    @Test
    void its_failure_keeps_it_off_longer_each_time_up_to_five_minutes() {
        health.failsTimes(6, "gpu/m");
        for (int pause : List.of(30, 45, 90, 180, 225, 225, 225)) {
            health.pass(pause - 1);
            assertThat(keptOff()).as("%d s", pause - 1).isTrue();
            health.pass(1);
            assertThat(keptOff()).as("%d s", pause).isFalse();
            health.fails("gpu/m");
        }
    }

    @Test
    void after_a_good_end_pauses_are_short_again() {
        health.failsTimes(6, "gpu/m");
        health.pass(30);
        health.fails("gpu/m");
        health.pass(45);
        health.answers("gpu/m");
        health.failsTimes(6, "gpu/m");
        health.pass(30);

        assertThat(keptOff()).isFalse();
    }

    @Test
    void after_a_break_they_are_not() {
        health.failsTimes(6, "gpu/m");
        health.pass(30);
        health.fails("gpu/m");
        health.pass(45);
        Lease trial = health.letIn("gpu/m");
        trial.committed(health.committed("gpu/m"));
        trial.end(health.failure("gpu/m", FailureKind.BROKEN_REPLY));
        health.failsTimes(5, "gpu/m");
        health.pass(44);

        assertThat(keptOff()).isTrue();
    }

    @Test
    void a_client_that_leaves_before_the_first_content_gives_the_turn_to_another_after_a_pause() {
        unhealthyForItsPause();
        health.letIn("gpu/m").end(health.left("gpu/m"));

        assertThat(keptOff()).isTrue();
        health.pass(30);
        assertThat(keptOff()).isFalse();
    }

    @Test
    void who_was_let_in_and_is_not_after_all_gives_the_turn_back_at_once() {
        unhealthyForItsPause();
        health.letIn("gpu/m").undo();

        assertThat(keptOff()).isFalse();
        assertThat(health.admits("gpu/m")).isInstanceOf(Admission.Granted.class);
    }

    @Test
    void what_says_nothing_of_the_server_gives_the_turn_back_at_once() {
        unhealthyForItsPause();
        for (FailureKind kind : List.of(FailureKind.LOADING, FailureKind.REJECTED, FailureKind.CONTEXT_OVERFLOW)) {
            health.letIn("gpu/m").end(health.failure("gpu/m", kind));
            assertThat(keptOff()).as("%s", kind).isFalse();
        }
    }

    @Test
    void a_backend_that_was_kept_off_comes_back_by_one_request_to_any_of_its_targets() {
        for (int i = 0; i < 6; i++) {
            health.fails("gpu/m", FailureKind.UNREACHABLE);
        }
        health.pass(30);
        Lease trial = health.letIn("gpu/other");

        assertThat(health.asks("gpu/third")).isInstanceOf(Verdict.Exclude.class);
        assertThat(health.admits("gpu/third")).isInstanceOf(Admission.Later.class);
        trial.committed(health.committed("gpu/other"));
        assertThat(health.asks("gpu/third")).isEqualTo(Verdict.admit());
    }

    @Test
    void who_may_not_go_to_the_backend_gives_the_turn_of_the_target_back() {
        for (int i = 0; i < 6; i++) {
            health.fails("gpu/m", FailureKind.UNREACHABLE);
        }
        health.pass(30);
        Lease trial = health.letIn("gpu/other");
        assertThat(health.admits("gpu/m")).isInstanceOf(Admission.Later.class);
        trial.committed(health.committed("gpu/other"));

        assertThat(keptOff()).as("its own turn is free").isFalse();
        health.letIn("gpu/m").committed(health.committed("gpu/m"));
        assertThat(keptOff()).isFalse();
    }

    @Test
    void of_a_thousand_threads_exactly_one_takes_the_turn() throws Exception {
        unhealthyForItsPause();
        List<Admission> all = Crowd.of(1_000, () -> health.admits("gpu/m"));

        List<Lease> granted = all.stream()
                .filter(Admission.Granted.class::isInstance)
                .map(each -> ((Admission.Granted) each).lease())
                .toList();
        assertThat(granted).hasSize(1);
        assertThat(all).filteredOn(Admission.Later.class::isInstance).hasSize(999);
        granted.getFirst().undo();
        assertThat(keptOff()).isFalse();
    }

    @Test
    void a_thousand_threads_that_fail_leave_and_answer_leave_no_turn_taken() throws Exception {
        health = new HealthFixture();
        unhealthyForItsPause();
        int[] order = IntStream.range(0, 1_000).toArray();
        java.util.concurrent.atomic.AtomicInteger next = new java.util.concurrent.atomic.AtomicInteger();
        Crowd.of(order.length, () -> {
            Lease lease = health.letIn("gpu/m");
            switch (next.getAndIncrement() % 4) {
                case 0 -> lease.undo();
                case 1 -> lease.end(health.left("gpu/m"));
                case 2 -> lease.end(health.failure("gpu/m", FailureKind.TIMED_OUT));
                default -> {
                    lease.committed(health.committed("gpu/m"));
                    lease.end(health.answered("gpu/m"));
                }
            }
            return lease;
        });
        health.pass(300);

        assertThat(keptOff()).isFalse();
    }
}
