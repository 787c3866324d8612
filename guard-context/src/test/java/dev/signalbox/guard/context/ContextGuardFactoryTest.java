package dev.signalbox.guard.context;

import static dev.signalbox.guard.context.ContextFixture.GENERAL;
import static dev.signalbox.guard.context.ContextFixture.PROFILE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginFactory;
import dev.signalbox.spi.Problems;
import dev.signalbox.testkit.FactoryContract;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every factory promises, and what holds where nothing is said. */
class ContextGuardFactoryTest extends FactoryContract {

    @Override
    protected PluginFactory<?> factory() {
        return new ContextGuardFactory();
    }

    private static List<Problems.Problem> problems(PluginConfig general, PluginConfig profile) {
        Problems problems = new Problems();
        new ContextGuardFactory().check(general, profile, problems);
        return problems.list();
    }

    @Test
    void warns_at_80_percent_and_excludes_beyond_100_where_it_is_named() {
        assertThat(Manner.of(GENERAL, PROFILE)).isEqualTo(new Manner(Action.EXCLUDE, 0.8, 1.0));
        assertThat(new ContextGuardFactory().onByDefault()).isFalse();
        assertThat(problems(GENERAL, PROFILE)).isEmpty();
    }

    @Test
    void a_profile_says_it_for_itself_and_else_it_is_as_for_all() {
        Manner manner = Manner.of(
                GENERAL.with(ContextGuardFactory.WARN_AT, 0.5),
                PROFILE.withPresent(ContextGuardFactory.PROFILE_ACTION, Action.WARN)
                        .withPresent(ContextGuardFactory.PROFILE_FULL_AT, 0.9));

        assertThat(manner).isEqualTo(new Manner(Action.WARN, 0.5, 0.9));
    }

    @Test
    void a_warning_that_never_comes_in_time_is_told_where_it_was_written() {
        assertThat(problems(GENERAL.with(ContextGuardFactory.WARN_AT, 1.2), PROFILE))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.where().path()).isEqualTo("guards.context.warn-at");
                    assertThat(problem.message()).contains("1.2", "warn-at at most 1.0");
                });
        assertThat(problems(GENERAL, PROFILE.withPresent(ContextGuardFactory.PROFILE_FULL_AT, 0.7)))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.where().path()).isEqualTo("profiles.test.guards.context.full-at"));
    }
}
