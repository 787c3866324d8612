package dev.signalbox.guard.memory.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Target;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Who goes so that another one fits. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PlannerTest {

    private static final Target ARCHITECT = Target.of("box/architect");
    private static final Target CODER = Target.of("box/coder");
    private static final Target REVIEWER = Target.of("box/reviewer");
    private static final Target CHAT = Target.of("box/chat");

    private Rules rules = Rules.NONE;

    @Test
    void nobody_goes_where_there_is_room() {
        assertThat(plan(60, REVIEWER, 9, idle(CODER, 19))).isEqualTo(go());
    }

    @Test
    void nobody_goes_for_a_model_that_is_there() {
        assertThat(plan(60, CODER, 0, idle(CODER, 19), idle(ARCHITECT, 52))).isEqualTo(go());
    }

    @Test
    void who_is_not_needed_soon_and_quickly_back_goes_first() {
        Occupant slow = new Occupant(CODER, 19, 0, true, false, Duration.ofSeconds(60), 0.5, 1);
        Occupant quick = new Occupant(CHAT, 19, 0, true, false, Duration.ofSeconds(6), 0.9, 2);

        assertThat(plan(40, REVIEWER, 9, slow, quick)).isEqualTo(go(CHAT));
    }

    @Test
    void who_was_not_used_longest_goes_where_it_costs_the_same() {
        assertThat(plan(40, REVIEWER, 9, used(CODER, 19, 7), used(CHAT, 19, 3))).isEqualTo(go(CHAT));
    }

    @Test
    void no_more_go_than_have_to() {
        assertThat(plan(40, REVIEWER, 9, used(CODER, 4, 1), used(CHAT, 19, 3), used(ARCHITECT, 17, 9)))
                .isEqualTo(go(CHAT));
    }

    @Test
    void who_is_busy_is_waited_for_and_never_goes() {
        assertThat(plan(60, ARCHITECT, 52, busy(CODER, 19)))
                .isEqualTo(new Plan.Wait("box/coder is in its place and busy"));
    }

    @Test
    void what_does_not_fit_even_alone_never_fits() {
        assertThat(plan(24, ARCHITECT, 52, idle(CODER, 19))).isEqualTo(new Plan.Never(52, 24, "it does not fit"));
    }

    @Test
    void a_runtime_that_cannot_unload_is_planned_around() {
        Occupant fixed = new Occupant(CODER, 19, 0, false, false, Duration.ZERO, 0, 0);

        assertThat(plan(60, ARCHITECT, 52, fixed)).isEqualTo(new Plan.Never(52, 41, "it does not fit"));
        assertThat(plan(60, REVIEWER, 9, fixed)).isEqualTo(go());
    }

    @Test
    void a_pinned_model_never_goes() {
        rules = new Rules(Set.of(), List.of(), Set.of(CODER));

        assertThat(plan(30, REVIEWER, 9, used(CODER, 19, 1), used(CHAT, 9, 9))).isEqualTo(go(CHAT));
        assertThat(plan(60, ARCHITECT, 52, idle(CODER, 19))).isInstanceOf(Plan.Never.class);
    }

    @Test
    void an_exclusive_model_sends_all_others_away_however_much_room_there_is() {
        rules = new Rules(Set.of(ARCHITECT), List.of(), Set.of());

        assertThat(plan(500, ARCHITECT, 52, idle(CODER, 19), idle(REVIEWER, 9))).isEqualTo(go(CODER, REVIEWER));
    }

    @Test
    void an_exclusive_model_goes_for_any_other() {
        rules = new Rules(Set.of(ARCHITECT), List.of(), Set.of());

        assertThat(plan(500, REVIEWER, 9, idle(ARCHITECT, 52))).isEqualTo(go(ARCHITECT));
    }

    @Test
    void an_exclusive_model_waits_for_who_is_busy_and_is_waited_for() {
        rules = new Rules(Set.of(ARCHITECT), List.of(), Set.of());

        assertThat(plan(500, ARCHITECT, 52, busy(REVIEWER, 9))).isInstanceOf(Plan.Wait.class);
        assertThat(plan(500, REVIEWER, 9, busy(ARCHITECT, 52))).isInstanceOf(Plan.Wait.class);
    }

    @Test
    void an_exclusive_model_sends_away_who_came_behind_its_back() {
        rules = new Rules(Set.of(ARCHITECT), List.of(), Set.of());

        assertThat(plan(500, ARCHITECT, 0, idle(ARCHITECT, 52), idle(CODER, 19)))
                .isEqualTo(go(CODER));
    }

    @Test
    void an_exclusive_model_cannot_come_where_somebody_never_goes() {
        rules = new Rules(Set.of(ARCHITECT), List.of(), Set.of(CODER));

        assertThat(plan(500, ARCHITECT, 52, idle(CODER, 19)))
                .isEqualTo(new Plan.Never(
                        52,
                        481,
                        "box/architect and box/coder must not be in memory together, and box/coder never goes"));
    }

    @Test
    void who_belongs_together_stays_together_as_long_as_others_can_go() {
        rules = new Rules(Set.of(), List.of(Set.of(CODER, REVIEWER)), Set.of());

        assertThat(plan(40, REVIEWER, 9, used(CODER, 19, 1), used(CHAT, 19, 9))).isEqualTo(go(CHAT));
        assertThat(plan(20, REVIEWER, 9, used(CODER, 19, 1)))
                .as("if nothing else helps")
                .isEqualTo(go(CODER));
    }

    @Test
    void a_model_of_unknown_size_sends_nobody_away() {
        assertThat(plan(20, REVIEWER, 0, idle(CODER, 25))).isEqualTo(go());
    }

    @Test
    void many_are_chosen_among_as_well() {
        Occupant[] many = IntStream.range(0, 30)
                .mapToObj(i -> used(Target.of("box/m" + i), 1 + i % 3, 100 - i))
                .toArray(Occupant[]::new);
        long all = IntStream.range(0, 30).mapToLong(i -> 1 + i % 3).sum();

        Plan plan = plan(all, REVIEWER, 4, many);

        assertThat(plan).isEqualTo(go(Target.of("box/m29"), Target.of("box/m28")));
    }

    private Plan plan(long room, Target wanted, long needed, Occupant... occupants) {
        return Planner.plan(new Situation(room, List.of(occupants), rules), wanted, needed);
    }

    private static Plan go(Target... unload) {
        return new Plan.Go(List.of(unload));
    }

    private static Occupant idle(Target target, long bytes) {
        return used(target, bytes, 1);
    }

    private static Occupant used(Target target, long bytes, long at) {
        return new Occupant(target, bytes, 0, true, false, Duration.ofSeconds(10), 0.5, at);
    }

    private static Occupant busy(Target target, long bytes) {
        return new Occupant(target, bytes, 0, true, true, Duration.ofSeconds(10), 0.5, 1);
    }
}
