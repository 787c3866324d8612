package dev.signalbox.core.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Priority;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The big guest needs two gates of which one is held; small ones pass it over at the other gate. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OvertakingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration A_MOMENT = Duration.ofMillis(1);

    private final Scene scene = new Scene();
    private final Gate gate = new Gate("shared", 1, 10);
    private final Gate held = new Gate("held", 1, 10);
    private final Guest holder = Guest.to("m", held);
    private final Guest big = Guest.to("m", gate, held);

    @BeforeEach
    void the_big_guest_waits_and_a_small_one_passes_it_over() {
        Guest small = Guest.to("m", gate);
        scene.arrive(holder, big, small);
        scene.leave(small);
        assertThat(scene.waits(big)).isTrue();
    }

    @Test
    void it_goes_on_as_long_as_the_one_ahead_is_patient() {
        scene.pass(PATIENCE);
        Guest small = Guest.to("m", gate);
        scene.arrive(small);
        assertThat(scene.isIn(small)).isTrue();
    }

    @Test
    void after_that_its_gates_are_kept_until_it_starts() {
        scene.pass(PATIENCE.plus(A_MOMENT));
        Guest small = Guest.to("m", gate);
        scene.arrive(small);
        assertThat(small.told).containsExactly("2 gate shared is kept for somebody passed over for long");

        scene.leave(holder);
        assertThat(scene.isIn(big)).isTrue();
        assertThat(scene.waits(small)).isTrue();
        scene.leave(big);
        assertThat(scene.isIn(small)).isTrue();
    }

    @Test
    void the_time_counts_from_the_first_time_not_the_last() {
        scene.pass(PATIENCE);
        Guest small = Guest.to("m", gate);
        scene.arrive(small);
        scene.leave(small);
        scene.pass(A_MOMENT);

        Guest next = Guest.to("m", gate);
        scene.arrive(next);
        assertThat(scene.waits(next)).isTrue();
    }

    @Test
    void other_gates_are_not_kept() {
        scene.pass(PATIENCE.plus(A_MOMENT));
        Guest elsewhere = Guest.to("m", new Gate("elsewhere", 1, 10));
        scene.arrive(elsewhere);
        assertThat(scene.isIn(elsewhere)).isTrue();
    }

    @Test
    void whoever_stands_before_it_may_still_go() {
        scene.pass(PATIENCE.minusSeconds(1));
        Guest foreground = Guest.to("m", gate).as(Priority.FOREGROUND);
        scene.arrive(foreground);
        assertThat(scene.isIn(foreground)).isTrue();
    }

    @Test
    void once_it_has_given_up_the_others_go_on() {
        scene.pass(PATIENCE.plus(A_MOMENT));
        Guest small = Guest.to("m", gate);
        scene.arrive(small);
        assertThat(scene.waits(small)).isTrue();

        scene.cancel(big);
        assertThat(scene.isIn(small)).isTrue();
    }

    @Test
    void once_it_starts_elsewhere_the_others_go_on() {
        Gate second = new Gate("second", 1, 10);
        Guest choosy = Guest.to("m", gate, held).or("n", second);
        Guest holderOfSecond = Guest.to("n", second);
        scene.cancel(big);
        Guest small = Guest.to("m", gate);
        scene.arrive(holderOfSecond, choosy, small);
        scene.leave(small);
        scene.pass(PATIENCE.plus(A_MOMENT));
        Guest kept = Guest.to("m", gate);
        scene.arrive(kept);
        assertThat(scene.waits(kept)).isTrue();

        scene.leave(holderOfSecond);
        assertThat(scene.isIn(choosy)).isTrue();
        assertThat(scene.isIn(kept)).isTrue();
    }

    @Test
    void a_host_whose_memory_it_waits_for_is_kept_too() {
        AtomicInteger running = new AtomicInteger();
        Guest resident = Guest.on("studio", Guest.OPEN, new Gate("of the model in memory", 2, 10));
        Guest waiting = Guest.on("studio", () -> running.get() > 0 ? Guest.later("no memory") : Guest.OPEN.get(), gate);
        running.set(1);
        scene.cancel(big);
        scene.arrive(waiting, resident);
        scene.pass(PATIENCE.plus(A_MOMENT));

        Guest next = Guest.on("studio", Guest.OPEN, new Gate("yet another", 2, 10));
        Guest elsewhere = Guest.on("laptop", Guest.OPEN);
        scene.arrive(next, elsewhere);
        assertThat(next.told).containsExactly("2 host studio is kept for somebody passed over for long");
        assertThat(scene.isIn(elsewhere)).isTrue();

        running.set(0);
        scene.leave(resident);
        assertThat(scene.isIn(waiting)).isTrue();
        assertThat(scene.isIn(next)).isTrue();
    }

    @Test
    void a_host_is_not_kept_for_who_only_lacks_a_place() {
        Guest waiting = Guest.on("studio", Guest.OPEN, held);
        Guest passing = Guest.on("studio", Guest.OPEN);
        scene.arrive(waiting, passing);
        scene.pass(PATIENCE.plus(A_MOMENT));
        Guest next = Guest.on("studio", Guest.OPEN);
        scene.arrive(next);
        assertThat(scene.isIn(next)).isTrue();
    }

    @Test
    void background_rises_until_nobody_who_comes_later_is_before_it() {
        Guest background = Guest.to("m", held).as(Priority.BACKGROUND);
        scene.arrive(background);
        Guest soon = Guest.to("m", held).as(Priority.FOREGROUND);
        scene.arrive(soon);
        assertThat(scene.line()).containsExactly(soon, big, background);

        scene.pass(PATIENCE);
        Guest normal = Guest.to("m", held);
        scene.arrive(normal);
        assertThat(scene.line()).containsExactly(big, soon, background, normal);

        scene.pass(PATIENCE);
        Guest late = Guest.to("m", held).as(Priority.FOREGROUND);
        scene.arrive(late);
        assertThat(scene.line()).containsExactly(big, background, soon, normal, late);
    }

    @Test
    void whoever_rises_past_the_one_that_keeps_a_gate_takes_it_at_that_moment() {
        Guest small = Guest.to("m", gate);
        Guest background = Guest.to("m", gate).as(Priority.BACKGROUND);
        Guest rising = Guest.to("m", gate).as(Priority.BACKGROUND).patient(Duration.ofSeconds(50));
        Guest keeper = Guest.to("m", gate, held).patient(Duration.ofSeconds(10));
        scene.cancel(big);
        scene.arrive(small, background, rising, keeper);
        scene.leave(small);
        assertThat(scene.isIn(background)).isTrue();
        scene.pass(Duration.ofSeconds(99));
        scene.leave(background);
        assertThat(scene.line()).containsExactly(keeper, rising);

        scene.pass(Duration.ofSeconds(1));
        assertThat(scene.isIn(rising)).isTrue();
    }
}
