package dev.signalbox.core.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AskingTest {

    private final Scene scene = new Scene();
    private final Gate gate = new Gate("one", 1, 100);
    private final Gate other = new Gate("other", 1, 100);

    @Test
    void a_door_is_asked_again_when_everybody_is() {
        AtomicBoolean ready = new AtomicBoolean();
        Guest guest = Guest.asking(() -> ready.get() ? Guest.OPEN.get() : Guest.later("loading"));
        scene.arrive(guest);
        assertThat(guest.told).containsExactly("1 loading");

        ready.set(true);
        scene.askAgain();
        assertThat(scene.isIn(guest)).isTrue();
    }

    @Test
    void a_door_that_said_later_is_asked_again_when_anything_is_given_back() {
        AtomicBoolean ready = new AtomicBoolean();
        Guest holder = Guest.to("m", gate);
        Guest guest = Guest.asking(() -> ready.get() ? Guest.OPEN.get() : Guest.later("no memory"), other);
        scene.arrive(holder, guest);

        ready.set(true);
        scene.leave(holder);
        assertThat(scene.isIn(guest)).isTrue();
    }

    @Test
    void a_door_that_named_a_moment_is_asked_then_and_not_before() {
        AtomicInteger asked = new AtomicInteger();
        Guest guest = Guest.asking(opensAt(Duration.ofSeconds(5), asked));
        scene.arrive(guest);
        scene.pass(Duration.ofSeconds(4));
        assertThat(asked).hasValue(1);

        scene.pass(Duration.ofSeconds(1));
        assertThat(scene.isIn(guest)).isTrue();
    }

    @Test
    void a_door_that_names_a_moment_in_the_past_is_not_asked_without_end() {
        AtomicInteger asked = new AtomicInteger();
        Guest guest = Guest.asking(() -> {
            asked.incrementAndGet();
            return new Answer.Later("soon", Optional.of(Instant.MIN));
        });
        scene.arrive(guest);
        assertThat(scene.visit(guest).nap(0)).isEqualTo(Duration.ofMillis(1).toNanos());
        scene.pass(Duration.ofMillis(1));
        assertThat(asked).hasValue(2);
        assertThat(scene.waits(guest)).isTrue();
    }

    @Test
    void an_arrival_does_not_slip_in_before_somebody_whose_moment_has_come() {
        Guest early = Guest.asking(opensAt(Duration.ofSeconds(5), new AtomicInteger()), gate);
        scene.arrive(early);
        Guest late = Guest.to("m", gate);
        scene.turn(Duration.ofSeconds(5)); // the early one's thread has not woken up yet
        scene.arrive(late);

        assertThat(scene.isIn(early)).isTrue();
        assertThat(scene.waits(late)).isTrue();
    }

    @Test
    void only_those_are_assessed_who_could_profit_from_a_place() {
        Guest holder = Guest.to("m", gate);
        Guest holderOfOther = Guest.to("m", other);
        Guest waitingForOther = Guest.to("m", other);
        Guest waiting = Guest.to("m", gate);
        Guest behind = Guest.to("m", gate);
        scene.arrive(holder, holderOfOther, waitingForOther, waiting, behind);
        scene.leave(holder);

        assertThat(waiting.assessed).isEqualTo(2);
        assertThat(waitingForOther.assessed).isEqualTo(1);
        assertThat(behind.assessed).isEqualTo(1);
    }

    @Test
    void an_arrival_does_not_have_those_assessed_who_wait() {
        Guest waiting = Guest.to("m", gate);
        scene.arrive(Guest.to("m", gate), waiting, Guest.to("m", gate), Guest.to("m", other));
        assertThat(waiting.assessed).isEqualTo(1);
    }

    @Test
    void a_defect_ends_that_visit_and_harms_nobody_else() {
        IllegalStateException bug = new IllegalStateException("bug");
        AtomicBoolean broken = new AtomicBoolean();
        Guest faulty = Guest.asking(
                () -> {
                    if (broken.get()) {
                        throw bug;
                    }
                    return Guest.later("not yet");
                },
                gate);
        Guest fine = Guest.to("m", gate);
        Guest next = Guest.to("m", gate);
        scene.arrive(faulty, fine, next);

        broken.set(true);
        scene.leave(fine);
        assertThat(scene.outcome(faulty)).isEqualTo(new Outcome.Defect(bug));
        assertThat(scene.isIn(next)).isTrue();
        assertThat(gate.waiting()).isZero();
    }

    @Test
    void an_error_is_handled_like_any_other_defect() {
        Guest faulty = Guest.asking(() -> {
            throw new StackOverflowError();
        });
        scene.arrive(faulty);
        assertThat(scene.outcome(faulty)).isInstanceOf(Outcome.Defect.class);
    }

    @Test
    void whoever_is_cancelled_is_not_let_in_though_a_place_is_free() {
        Guest holder = Guest.to("m", gate);
        Guest gone = Guest.to("m", gate);
        Guest next = Guest.to("m", gate);
        scene.arrive(holder, gone, next);
        gone.cancellation.cancel();
        scene.leave(holder);

        assertThat(scene.refused(gone)).isEqualTo(RoomException.Reason.CANCELLED);
        assertThat(scene.isIn(next)).isTrue();
    }

    @Test
    void whoever_is_overdue_is_not_let_in_though_a_place_is_free() {
        Guest holder = Guest.to("m", gate);
        Guest late = Guest.to("m", gate).until(scene.in(Duration.ofSeconds(1)));
        Guest next = Guest.to("m", gate);
        scene.arrive(holder, late, next);
        scene.turn(Duration.ofSeconds(1));
        scene.leave(holder);

        assertThat(scene.refused(late)).isEqualTo(RoomException.Reason.OVERDUE);
        assertThat(scene.isIn(next)).isTrue();
    }

    @Test
    void whoever_may_not_wait_at_all_is_let_in_if_it_need_not() {
        Guest in = Guest.to("m", gate).until(scene.in(Duration.ZERO));
        Guest out = Guest.to("m", gate).until(scene.in(Duration.ZERO));
        scene.arrive(in, out);

        assertThat(scene.isIn(in)).isTrue();
        assertThat(scene.refused(out)).isEqualTo(RoomException.Reason.OVERDUE);
    }

    @Test
    void whoever_is_out_of_time_leaves_no_trace() {
        Guest holder = Guest.to("m", gate);
        Guest late = Guest.to("m", gate).until(scene.in(Duration.ofSeconds(1)));
        scene.arrive(holder, late);
        scene.pass(Duration.ofSeconds(1));

        assertThat(scene.refused(late)).isEqualTo(RoomException.Reason.OVERDUE);
        assertThat(scene.line()).isEmpty();
        assertThat(gate.waiting()).isZero();
    }

    @Test
    void a_closed_room_sends_everybody_away() {
        Guest holder = Guest.to("m", gate);
        Guest waiting = Guest.to("m", gate);
        Guest late = Guest.to("m", other);
        scene.arrive(holder, waiting);
        scene.usher().close();
        scene.arrive(late);

        assertThat(scene.refused(waiting)).isEqualTo(RoomException.Reason.CLOSED);
        assertThat(scene.refused(late)).isEqualTo(RoomException.Reason.CLOSED);
        scene.leave(holder);
        assertThat(gate.taken()).isZero();
    }

    private Supplier<Answer> opensAt(Duration time, AtomicInteger asked) {
        Instant moment = scene.instant().plus(time);
        return () -> {
            asked.incrementAndGet();
            return scene.instant().isBefore(moment)
                    ? new Answer.Later("cooling down", Optional.of(moment))
                    : Guest.OPEN.get();
        };
    }
}
