package dev.signalbox.core.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Deadline;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LookingAheadTest {

    private final Scene scene = new Scene();
    private final WaitingRoom room = new WaitingRoom(InstantSource.system(), System::nanoTime);
    private final Gate gate = new Gate("one", 1, 100);

    @Test
    void whoever_can_start_as_it_saw_from_outside_is_not_asked_inside() {
        Guest guest = Guest.to("m", gate).lookingAhead();
        scene.arrive(guest);

        assertThat(scene.isIn(guest)).isTrue();
        assertThat(guest.assessed).isEqualTo(1);
    }

    @Test
    void whoever_cannot_is_asked_again_inside_if_anything_has_changed() {
        Guest guest = Guest.to("full", full()).lookingAhead();
        guest.or("m");
        scene.changes();
        scene.arrive(guest);

        assertThat(scene.isIn(guest)).isTrue();
        assertThat(scene.entry(guest).door().target().model()).isEqualTo("m");
        assertThat(guest.assessed).isEqualTo(2);
    }

    @Test
    void whoever_cannot_waits_for_what_it_saw_if_nothing_has_changed() {
        Guest guest = Guest.to("full", full()).lookingAhead();
        guest.or("m");
        scene.arrive(guest);
        assertThat(scene.waits(guest)).isTrue();
        assertThat(guest.assessed).isEqualTo(1);

        scene.askAgain();
        assertThat(scene.isIn(guest)).isTrue();
    }

    @Test
    void whoever_saw_no_way_from_outside_has_none() {
        Guest guest = new Guest().lookingAhead();
        scene.arrive(guest);
        assertThat(scene.refused(guest)).isEqualTo(RoomException.Reason.NOWHERE);
        assertThat(guest.assessed).isEqualTo(1);
    }

    @Test
    void what_was_seen_from_outside_counts_once() {
        AtomicBoolean ready = new AtomicBoolean();
        Guest guest = Guest.asking(() -> ready.get() ? Guest.OPEN.get() : Guest.later("loading"))
                .lookingAhead();
        scene.arrive(guest);
        assertThat(guest.told).containsExactly("1 loading");
        assertThat(guest.assessed).isEqualTo(1);

        ready.set(true);
        scene.askAgain();
        assertThat(scene.isIn(guest)).isTrue();
        assertThat(guest.assessed).isEqualTo(2);
    }

    @Test
    void what_changes_while_somebody_looks_ahead_is_not_missed() throws Exception {
        Guest guest = waitingFor(gate);
        guest.lookingAhead(() -> {
            guest.or("another");
            room.askAgain();
        });

        assertThat(room.enter(guest).door().target().model()).isEqualTo("another");
    }

    @Test
    void nor_is_what_changes_because_somebody_leaves() throws Exception {
        Entry leaving = room.enter(Guest.to("m", new Gate("other", 1, 10)));
        Guest guest = waitingFor(gate);
        guest.lookingAhead(() -> {
            guest.or("another");
            leaving.close();
        });

        assertThat(room.enter(guest).door().target().model()).isEqualTo("another");
    }

    /** Somebody holds what it wants; whoever misses that there is something else gives up after a while. */
    private Guest waitingFor(Gate taken) throws Exception {
        room.enter(Guest.to("m", taken));
        return Guest.to("m", taken).until(Deadline.after(Duration.ofSeconds(5)));
    }

    @Test
    void nobody_passes_those_who_wait_by_looking_ahead() {
        Guest holder = Guest.to("m", gate);
        Guest first = Guest.to("m", gate).patient(Duration.ZERO);
        Guest second = Guest.to("m", gate).lookingAhead();
        scene.arrive(holder, first, second);
        assertThat(scene.waits(second)).isTrue();

        scene.leave(holder);
        assertThat(scene.isIn(first)).isTrue();
        assertThat(scene.waits(second)).isTrue();
    }

    private Gate full() {
        Gate full = new Gate("full", 1, 100);
        full.take();
        return full;
    }
}
