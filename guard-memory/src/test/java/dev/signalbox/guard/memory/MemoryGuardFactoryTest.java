package dev.signalbox.guard.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.spi.PluginFactory;
import dev.signalbox.testkit.FactoryContract;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What every factory promises, and what holds where nothing is said. */
class MemoryGuardFactoryTest extends FactoryContract {

    @Override
    protected PluginFactory<?> factory() {
        return new MemoryGuardFactory();
    }

    @Test
    void is_active_without_being_named_and_demotes_for_two_minutes() {
        assertThat(new MemoryGuardFactory().onByDefault()).isTrue();
        assertThat(Manner.of(MemoryFixture.general(), MemoryFixture.profile()))
                .isEqualTo(new Manner(Action.DEMOTE, Duration.ofSeconds(120)));
    }

    @Test
    void a_profile_says_it_for_itself_and_else_it_is_as_for_all() {
        Manner manner = Manner.of(
                MemoryFixture.general()
                        .with(MemoryGuardFactory.ACTION, Action.WARN)
                        .with(MemoryGuardFactory.COOLDOWN, Duration.ofMinutes(10)),
                MemoryFixture.doing(Action.EXCLUDE));

        assertThat(manner).isEqualTo(new Manner(Action.EXCLUDE, Duration.ofMinutes(10)));
    }
}
