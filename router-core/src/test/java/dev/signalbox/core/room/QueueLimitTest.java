package dev.signalbox.core.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class QueueLimitTest {

    private final Scene scene = new Scene();
    private final Gate gate = new Gate("small", 1, 1);
    private final Gate roomy = new Gate("roomy", 1, 10);

    @Test
    void a_full_queue_turns_away_at_once() {
        Guest in = Guest.to("m", gate);
        Guest waiting = Guest.to("m", gate);
        Guest tooMany = Guest.to("m", gate);
        scene.arrive(in, waiting, tooMany);

        assertThat(scene.refused(tooMany)).isEqualTo(RoomException.Reason.FULL);
        assertThat(scene.waits(waiting)).isTrue();
        assertThat(gate.waiting()).isEqualTo(1);
    }

    @Test
    void a_queue_of_none_still_lets_in_who_need_not_wait() {
        gate.resize(1, 0);
        Guest in = Guest.to("m", gate);
        Guest out = Guest.to("m", gate);
        scene.arrive(in, out);

        assertThat(scene.isIn(in)).isTrue();
        assertThat(scene.refused(out)).isEqualTo(RoomException.Reason.FULL);
    }

    @Test
    void whoever_leaves_makes_room_for_the_next() {
        Guest in = Guest.to("m", gate);
        Guest impatient = Guest.to("m", gate);
        Guest next = Guest.to("m", gate);
        scene.arrive(in, impatient);
        scene.cancel(impatient);
        scene.arrive(next);

        assertThat(scene.waits(next)).isTrue();
    }

    @Test
    void one_door_with_room_to_wait_is_enough() {
        Guest waiting = Guest.to("m", gate);
        Guest choosy = Guest.to("m", gate).or("n", roomy);
        scene.arrive(Guest.to("m", gate), Guest.to("n", roomy), waiting, choosy);

        assertThat(scene.waits(choosy)).isTrue();
    }

    @Test
    void a_guard_that_wants_patience_fills_the_queue_as_well() {
        Guest waiting = Guest.asking(() -> Guest.later("no memory"), gate);
        Guest tooMany = Guest.asking(() -> Guest.later("no memory"), gate);
        scene.arrive(waiting, tooMany);

        assertThat(scene.refused(tooMany)).isEqualTo(RoomException.Reason.FULL);
    }

    @Test
    void nobody_knows_when_to_come_back_before_anybody_left() {
        Guest tooMany = Guest.to("m", gate);
        scene.arrive(Guest.to("m", gate), Guest.to("m", gate), tooMany);

        assertThat(retryAfter(tooMany)).isEmpty();
    }

    @Test
    void after_that_the_pace_of_the_gate_says_when_to_come_back() {
        gate.resize(1, 4);
        Guest first = Guest.to("m", gate);
        scene.arrive(first);
        scene.pass(Duration.ofSeconds(10));
        scene.leave(first);
        Guest tooMany = Guest.to("m", gate);
        scene.arrive(Guest.to("m", gate));
        for (int i = 0; i < 4; i++) {
            scene.arrive(Guest.to("m", gate));
        }
        scene.arrive(tooMany);

        assertThat(retryAfter(tooMany)).contains(Duration.ofSeconds(30)); // three of ten seconds each
    }

    @Test
    void time_without_visitors_does_not_slow_the_pace() {
        Guest first = Guest.to("m", gate);
        scene.arrive(first);
        scene.pass(Duration.ofSeconds(2));
        scene.leave(first);
        scene.pass(Duration.ofHours(5));
        Guest tooMany = Guest.to("m", gate);
        scene.arrive(Guest.to("m", gate), Guest.to("m", gate), tooMany);

        assertThat(retryAfter(tooMany)).contains(Duration.ofSeconds(2));
    }

    @Test
    void the_shortest_way_says_when_to_come_back() {
        roomy.resize(1, 1);
        Guest slow = Guest.to("m", gate);
        Guest quick = Guest.to("n", roomy);
        scene.arrive(slow, quick);
        scene.pass(Duration.ofSeconds(3));
        scene.leave(quick);
        scene.pass(Duration.ofSeconds(30));
        scene.leave(slow);
        Guest tooMany = Guest.to("m", gate).or("n", roomy);
        scene.arrive(Guest.to("m", gate), Guest.to("n", roomy), Guest.to("m", gate), Guest.to("n", roomy), tooMany);

        assertThat(retryAfter(tooMany)).contains(Duration.ofSeconds(3));
    }

    private Optional<Duration> retryAfter(Guest guest) {
        assertThat(scene.refused(guest)).isEqualTo(RoomException.Reason.FULL);
        return ((Outcome.Out) scene.outcome(guest)).retryAfter();
    }
}
