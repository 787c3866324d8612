package dev.signalbox.guard.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.api.Target;
import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginFactory;
import dev.signalbox.testkit.FactoryContract;
import dev.signalbox.testkit.TestContext;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"exclusive", "pin", "preload", "together", "idle-unload"})
    void what_is_said_of_models_needs_a_machine_whose_memory_is_counted(String key) {
        List<Target> some = List.of(Target.of("studio/coder"));
        PluginConfig config = MemoryFixture.general();
        PluginConfig said = switch (key) {
            case "exclusive" -> config.with(HostOptions.EXCLUSIVE, some);
            case "pin" -> config.with(HostOptions.PIN, some);
            case "preload" -> config.with(HostOptions.PRELOAD, some);
            case "together" -> config.with(HostOptions.TOGETHER, List.of(some));
            default -> config.withPresent(HostOptions.IDLE_UNLOAD, Duration.ofMinutes(5));
        };

        assertThatThrownBy(() -> new MemoryGuardFactory().create(said, TestContext.named("memory")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("guards.memory." + key)
                .hasMessageContaining("does nothing without `hosts`")
                .hasMessageContaining("hosts: { localhost: { memory: auto } }");
    }
}
