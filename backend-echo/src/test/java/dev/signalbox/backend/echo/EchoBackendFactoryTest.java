package dev.signalbox.backend.echo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginFactory;
import dev.signalbox.spi.Problems;
import dev.signalbox.spi.Where;
import dev.signalbox.testkit.FactoryContract;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EchoBackendFactoryTest extends FactoryContract {

    private final EchoBackendFactory factory = new EchoBackendFactory();

    @Override
    protected PluginFactory<?> factory() {
        return factory;
    }

    @Test
    void takes_what_a_file_says() {
        Problems problems = new Problems();
        ConfigNode.Table table =
                ConfigNode.Table.of(Where.code("backends.demo"), Map.of("offers", "a", "pace", "20ms"));
        PluginConfig config =
                PluginConfig.read(factory.options(), table, "an option of backend type \"echo\"", problems);

        assertThat(problems.list()).isEmpty();
        assertThat(config.get(EchoBackendFactory.OFFERS)).containsExactly("a");
        assertThat(config.get(EchoBackendFactory.PACE)).hasMillis(20);
        assertThat(config.get(EchoBackendFactory.FAIL)).isEmpty();
    }
}
