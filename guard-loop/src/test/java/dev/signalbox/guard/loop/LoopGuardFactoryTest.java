package dev.signalbox.guard.loop;

import static dev.signalbox.guard.loop.LoopFixture.GENERAL;
import static dev.signalbox.guard.loop.LoopFixture.PROFILE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginFactory;
import dev.signalbox.spi.Problems;
import dev.signalbox.testkit.FactoryContract;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every factory promises, and what holds where nothing is said. */
class LoopGuardFactoryTest extends FactoryContract {

    @Override
    protected PluginFactory<?> factory() {
        return new LoopGuardFactory();
    }

    private static List<Problems.Problem> problems(PluginConfig general, PluginConfig profile) {
        Problems problems = new Problems();
        new LoopGuardFactory().check(general, profile, problems);
        return problems.list();
    }

    @Test
    void looks_at_five_calls_for_three_that_are_equal_where_it_is_named() {
        Manner manner = Manner.of(GENERAL, PROFILE);

        assertThat(manner)
                .isEqualTo(new Manner(Action.WARN, 5, 3, GENERAL.get(LoopGuardFactory.INSTRUCTION), Optional.empty()));
        assertThat(new LoopGuardFactory().onByDefault()).isFalse();
        assertThat(problems(GENERAL, PROFILE)).isEmpty();
    }

    @Test
    void a_window_in_which_no_loop_fits_is_told_where_it_was_written() {
        PluginConfig blind = GENERAL.with(LoopGuardFactory.WINDOW, 2L);

        assertThat(problems(blind, PROFILE)).singleElement().satisfies(problem -> {
            assertThat(problem.where().path()).isEqualTo("guards.loop.window");
            assertThat(problem.message())
                    .contains("3 equal calls are never among the last 2", "window at least 3", "threshold at most 2");
        });
        assertThat(problems(GENERAL.with(LoopGuardFactory.THRESHOLD, 6L), PROFILE))
                .singleElement()
                .satisfies(problem -> assertThat(problem.where().path()).isEqualTo("guards.loop.threshold"));
    }

    @Test
    void a_profile_that_does_not_fit_what_holds_for_all_is_told_too() {
        assertThat(problems(GENERAL, PROFILE.withPresent(LoopGuardFactory.PROFILE_THRESHOLD, 6L)))
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem.where().path()).isEqualTo("profiles.test.guards.loop.threshold"));
        assertThat(problems(
                        GENERAL,
                        PROFILE.withPresent(LoopGuardFactory.PROFILE_THRESHOLD, 6L)
                                .withPresent(LoopGuardFactory.PROFILE_WINDOW, 6L)))
                .isEmpty();
    }
}
