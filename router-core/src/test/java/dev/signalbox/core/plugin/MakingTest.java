package dev.signalbox.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.GuardFactory;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Where;
import dev.signalbox.testkit.TestContext;
import dev.signalbox.testkit.TestFactories;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MakingTest {

    private static final Option<String> KEY = Option.text("key").secret();
    private static final Option<String> PLACE = Option.text("place");
    private static final PluginConfig CONFIG = PluginConfig.of(List.of(KEY, PLACE), Where.code("guards.clumsy"))
            .with(KEY, "sk-1234")
            .with(PLACE, "nowhere");

    private static ConfigurationException failure(Option<String> read) {
        GuardFactory clumsy = TestFactories.guard("clumsy", lent -> {
            throw new IllegalStateException(
                    "not now", new IllegalArgumentException("this is no place: " + CONFIG.get(read)));
        });
        return catchThrowableOfType(
                ConfigurationException.class, () -> Making.of(clumsy, CONFIG, TestContext.named("clumsy")));
    }

    @Test
    void a_plugin_that_fails_is_told_with_what_it_said() {
        assertThat(failure(PLACE))
                .hasMessageContainingAll("guards.clumsy", "TestFactories", "IllegalStateException: not now")
                .rootCause()
                .hasMessage("this is no place: nowhere");
    }

    @Test
    void unless_it_repeats_a_secret() {
        assertThat(failure(KEY))
                .hasMessageContainingAll("guards.clumsy", "IllegalStateException, whose message repeats a secret")
                .hasMessageNotContaining("1234")
                .hasNoCause();
    }
}
