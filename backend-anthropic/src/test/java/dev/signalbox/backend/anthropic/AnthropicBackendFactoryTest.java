package dev.signalbox.backend.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.backend.http.HttpOptions;
import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginFactory;
import dev.signalbox.spi.Where;
import dev.signalbox.testkit.FactoryContract;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnthropicBackendFactoryTest extends FactoryContract {

    @Override
    protected PluginFactory<?> factory() {
        return new AnthropicBackendFactory();
    }

    @Override
    protected PluginConfig config() {
        return Backends.config(URI.create("http://127.0.0.1:9"));
    }

    @Test
    void is_the_cloud_unless_an_address_is_given() {
        PluginConfig config = PluginConfig.of(factory().options(), Where.code("backends.cloud"));

        assertThat(config.get(HttpOptions.BASE_URL)).isEqualTo(URI.create("https://api.anthropic.com"));
    }

    @Test
    void is_nowhere_to_be_discovered() {
        assertThat(new AnthropicBackendFactory().discoveries()).isEmpty();
    }

    @Test
    void a_word_that_no_header_can_hold_is_a_problem() {
        assertThatThrownBy(() -> Backends.make(config().with(AnthropicBackendFactory.VERSION, "2023 06\n01")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("backends.cloud.version");
        assertThatThrownBy(() -> Backends.make(config().with(AnthropicBackendFactory.BETAS, List.of("a,b"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("backends.cloud.betas");
    }
}
