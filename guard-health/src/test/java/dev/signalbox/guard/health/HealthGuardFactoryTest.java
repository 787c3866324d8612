package dev.signalbox.guard.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.spi.PluginFactory;
import dev.signalbox.testkit.FactoryContract;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every factory promises, and what holds where nothing is said. */
class HealthGuardFactoryTest extends FactoryContract {

    @Override
    protected PluginFactory<?> factory() {
        return new HealthGuardFactory();
    }

    @Test
    void is_active_without_being_named_and_demotes_after_six_failures() {
        assertThat(new HealthGuardFactory().onByDefault()).isTrue();
        assertThat(Manner.of(HealthFixture.general(), HealthFixture.profile()))
                .isEqualTo(new Manner(Action.DEMOTE, new Thresholds(3, 0.5, Optional.empty())));
        assertThat(Rhythm.of(HealthFixture.general())).isEqualTo(Rhythm.STANDARD);
    }

    @Test
    void a_profile_says_it_for_itself_and_else_it_is_as_for_all() {
        Manner manner = Manner.of(
                HealthFixture.general()
                        .with(HealthGuardFactory.ACTION, Action.WARN)
                        .with(HealthGuardFactory.THRESHOLD, 5L),
                HealthFixture.doing(Action.EXCLUDE).withPresent(HealthGuardFactory.PROFILE_SLOWER, 4.0));

        assertThat(manner).isEqualTo(new Manner(Action.EXCLUDE, new Thresholds(5, 0.5, Optional.of(4.0))));
    }

    @Test
    void the_longest_pause_is_never_shorter_than_the_first() {
        Rhythm rhythm = Rhythm.of(HealthFixture.general().with(HealthGuardFactory.PAUSE, Duration.ofMinutes(20)));

        assertThat(rhythm.pauseNanos(9, 1)).isEqualTo(Duration.ofMinutes(20).toNanos());
    }
}
