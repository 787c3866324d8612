package dev.signalbox.core.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Priority;
import dev.signalbox.api.Target;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LettingInTest {

    private final Scene scene = new Scene();
    private final Gate gate = new Gate("one", 1, 10);
    private final Gate other = new Gate("other", 1, 10);

    @Test
    void whoever_finds_a_place_is_in_at_once() {
        Guest guest = Guest.to("m", gate);
        scene.arrive(guest);

        assertThat(scene.isIn(guest)).isTrue();
        assertThat(gate.taken()).isEqualTo(1);
        assertThat(scene.entry(guest).waited()).isZero();
        assertThat(guest.told).isEmpty();
    }

    @Test
    void whoever_finds_a_place_is_not_woken_from_its_next_wait() {
        assertThat(Stream.generate(this::isWokenAfterwards).limit(5)).contains(false); // a wait may end for no reason
    }

    private boolean isWokenAfterwards() {
        LockSupport.parkNanos(this, 1); // whatever woke this thread before is used up
        scene.arrive(Guest.to("m", new Gate("own", 1, 0)));
        long before = System.nanoTime();
        LockSupport.parkNanos(this, Duration.ofMillis(20).toNanos());
        Duration parked = Duration.ofNanos(System.nanoTime() - before);
        return parked.compareTo(Duration.ofMillis(10)) < 0;
    }

    @Test
    void whoever_finds_none_waits_and_hears_where_and_why() {
        Guest first = Guest.to("m", gate);
        Guest second = Guest.to("m", gate);
        Guest third = Guest.to("m", gate);
        scene.arrive(first, second, third);

        assertThat(second.told).containsExactly("1 gate one is full");
        assertThat(third.told).containsExactly("2 gate one is full");
        assertThat(gate.waiting()).isEqualTo(2);
        assertThat(scene.usher().waiting(new Target("some", "m"))).isEqualTo(2);
    }

    @Test
    void first_come_is_first_served() {
        Guest first = Guest.to("m", gate);
        Guest second = Guest.to("m", gate);
        Guest third = Guest.to("m", gate);
        scene.arrive(first, second, third);

        scene.pass(Duration.ofSeconds(3));
        scene.leave(first);

        assertThat(scene.isIn(second)).isTrue();
        assertThat(scene.entry(second).waited()).isEqualTo(Duration.ofSeconds(3));
        assertThat(scene.waits(third)).isTrue();
        assertThat(gate.taken()).isEqualTo(1);
    }

    @Test
    void a_better_class_is_served_first() {
        Guest first = Guest.to("m", gate);
        Guest background = Guest.to("m", gate).as(Priority.BACKGROUND);
        Guest normal = Guest.to("m", gate);
        Guest foreground = Guest.to("m", gate).as(Priority.FOREGROUND);
        scene.arrive(first, background, normal, foreground);

        assertThat(scene.line()).containsExactly(foreground, normal, background);
        scene.leave(first);
        assertThat(scene.isIn(foreground)).isTrue();
        scene.leave(foreground);
        assertThat(scene.isIn(normal)).isTrue();
        scene.leave(normal);
        assertThat(scene.isIn(background)).isTrue();
    }

    @Test
    void all_places_are_taken_in_one_step_or_none_is() {
        Guest holder = Guest.to("m", other);
        Guest both = Guest.to("m", gate, other);
        scene.arrive(holder, both);
        assertThat(gate.taken()).isZero();

        scene.leave(holder);
        assertThat(scene.isIn(both)).isTrue();
        assertThat(gate.taken()).isEqualTo(1);
        assertThat(other.taken()).isEqualTo(1);
    }

    @Test
    void whoever_cannot_start_is_passed_over_by_whoever_can() {
        Guest holder = Guest.to("m", other);
        Guest both = Guest.to("m", gate, other);
        Guest small = Guest.to("m", gate);
        scene.arrive(holder, both, small);

        assertThat(scene.waits(both)).isTrue();
        assertThat(scene.isIn(small)).isTrue();
    }

    @Test
    void the_first_door_that_opens_is_taken() {
        Guest holder = Guest.to("m", gate);
        Guest choosy = Guest.to("best", gate)
                .or("busy", () -> Guest.later("warming up"))
                .or("third", other)
                .or("fourth");
        scene.arrive(holder, choosy);

        assertThat(scene.entry(choosy).door().target().model()).isEqualTo("third");
        assertThat(other.taken()).isEqualTo(1);
    }

    @Test
    void whoever_waits_waits_at_all_doors_at_once() {
        Guest one = Guest.to("m", gate);
        Guest two = Guest.to("m", other);
        Guest choosy = Guest.to("best", gate).or("second", other);
        scene.arrive(one, two, choosy);
        assertThat(gate.waiting()).isEqualTo(1);
        assertThat(other.waiting()).isEqualTo(1);

        scene.leave(two);
        assertThat(scene.entry(choosy).door().target().model()).isEqualTo("second");
        assertThat(gate.waiting()).isZero();
        assertThat(other.waiting()).isZero();
    }

    @Test
    void a_door_without_gates_only_needs_its_own_word() {
        Guest guest = Guest.to("m");
        scene.arrive(guest);
        assertThat(scene.isIn(guest)).isTrue();
    }

    @Test
    void whoever_has_no_door_has_nowhere_to_go() {
        Guest nowhere = new Guest();
        Guest never = Guest.asking(Answer.Never::new, gate);
        scene.arrive(nowhere, never);

        assertThat(scene.refused(nowhere)).isEqualTo(RoomException.Reason.NOWHERE);
        assertThat(scene.refused(never)).isEqualTo(RoomException.Reason.NOWHERE);
        assertThat(gate.taken()).isZero();
    }

    @Test
    void whoever_waits_at_a_door_that_closes_for_good_has_nowhere_to_go() {
        AtomicBoolean lost = new AtomicBoolean();
        Guest guest = Guest.asking(() -> lost.get() ? new Answer.Never() : Guest.later("not yet"), gate);
        scene.arrive(guest);
        assertThat(scene.waits(guest)).isTrue();

        lost.set(true);
        scene.askAgain();
        assertThat(scene.refused(guest)).isEqualTo(RoomException.Reason.NOWHERE);
        assertThat(gate.waiting()).isZero();
    }

    @Test
    void more_places_let_more_in_once_everybody_is_asked_again() {
        Guest first = Guest.to("m", gate);
        Guest second = Guest.to("m", gate);
        Guest third = Guest.to("m", gate);
        scene.arrive(first, second, third);

        gate.resize(2, 10);
        scene.askAgain();
        assertThat(scene.isIn(second)).isTrue();
        assertThat(scene.waits(third)).isTrue();
    }

    @Test
    void fewer_places_turn_nobody_out_and_let_nobody_in_too_early() {
        gate.resize(2, 10);
        Guest first = Guest.to("m", gate);
        Guest second = Guest.to("m", gate);
        Guest third = Guest.to("m", gate);
        scene.arrive(first, second, third);
        gate.resize(1, 10);

        scene.leave(first);
        assertThat(scene.waits(third)).isTrue();
        scene.leave(second);
        assertThat(scene.isIn(third)).isTrue();
        assertThat(gate.taken()).isEqualTo(1);
    }

    @Test
    void closing_twice_gives_back_once() {
        gate.resize(2, 10);
        Guest first = Guest.to("m", gate);
        Guest second = Guest.to("m", gate);
        scene.arrive(first, second);

        Entry entry = scene.entry(first);
        entry.close();
        entry.close();
        assertThat(gate.taken()).isEqualTo(1);
    }

    @Test
    void what_the_door_said_is_handed_over() {
        Answer.Open open = new Answer.Open(() -> {}, Optional.empty());
        Guest guest = Guest.asking(() -> open, gate);
        scene.arrive(guest);
        assertThat(scene.entry(guest).open()).isSameAs(open);
    }
}
