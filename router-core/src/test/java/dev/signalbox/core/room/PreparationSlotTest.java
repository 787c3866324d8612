package dev.signalbox.core.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PreparationSlotTest {

    private final Scene scene = new Scene();
    private final Gate gate = new Gate("wide", 5, 10);

    @Test
    void a_host_prepares_for_one_at_a_time() {
        Guest first = Guest.asking(Guest.preparingOn("studio"), gate);
        Guest second = Guest.asking(Guest.preparingOn("studio"), gate);
        scene.arrive(first, second);

        assertThat(scene.isIn(first)).isTrue();
        assertThat(second.told).containsExactly("1 preparing on studio");
        assertThat(gate.taken()).isEqualTo(1);

        scene.entry(first).slotFree();
        assertThat(scene.isIn(second)).isTrue();
        assertThat(gate.taken()).isEqualTo(2);
    }

    @Test
    void other_hosts_prepare_meanwhile() {
        Guest first = Guest.asking(Guest.preparingOn("studio"));
        Guest second = Guest.asking(Guest.preparingOn("laptop"));
        scene.arrive(first, second);
        assertThat(scene.isIn(second)).isTrue();
    }

    @Test
    void who_needs_no_preparation_does_not_wait_for_the_slot() {
        Guest first = Guest.asking(Guest.preparingOn("studio"), gate);
        Guest warm = Guest.to("m", gate);
        scene.arrive(first, warm);
        assertThat(scene.isIn(warm)).isTrue();
    }

    @Test
    void what_was_granted_for_a_busy_slot_is_undone_each_time() {
        AtomicInteger leases = new AtomicInteger();
        Guest first = Guest.asking(Guest.preparingOn("studio"));
        Guest second = Guest.asking(() -> {
            leases.incrementAndGet();
            return new Answer.Open(leases::decrementAndGet, Optional.of("studio"));
        });
        scene.arrive(first, second);
        assertThat(leases).hasValue(0);
        scene.askAgain();
        assertThat(leases).hasValue(0);

        scene.entry(first).slotFree();
        assertThat(leases).hasValue(1);
    }

    @Test
    void leaving_gives_the_slot_back_too() {
        Guest first = Guest.asking(Guest.preparingOn("studio"), gate);
        Guest second = Guest.asking(Guest.preparingOn("studio"), gate);
        scene.arrive(first, second);
        scene.leave(first);

        assertThat(scene.isIn(second)).isTrue();
        assertThat(gate.taken()).isEqualTo(1);
    }

    @Test
    void a_slot_given_back_twice_is_free_once() {
        Guest first = Guest.asking(Guest.preparingOn("studio"), gate);
        Guest second = Guest.asking(Guest.preparingOn("studio"), gate);
        Guest third = Guest.asking(Guest.preparingOn("studio"), gate);
        scene.arrive(first, second, third);
        scene.entry(first).slotFree();
        scene.entry(first).slotFree();
        scene.leave(first);

        assertThat(scene.isIn(second)).isTrue();
        assertThat(scene.waits(third)).isTrue();
    }

    @Test
    void who_waits_for_a_slot_takes_another_door_if_one_opens() {
        Gate narrow = new Gate("narrow", 1, 10);
        Guest first = Guest.asking(Guest.preparingOn("studio"), gate);
        Guest holder = Guest.to("n", narrow);
        Guest choosy = Guest.asking(Guest.preparingOn("studio"), gate).or("n", narrow);
        scene.arrive(first, holder, choosy);
        scene.leave(holder);

        assertThat(scene.entry(choosy).door().target().model()).isEqualTo("n");
    }
}
