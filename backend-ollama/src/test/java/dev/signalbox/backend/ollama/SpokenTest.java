package dev.signalbox.backend.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Dialect;
import dev.signalbox.backend.http.HttpOptions;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Where;
import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.TestContext;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which APIs an Ollama is found to speak. */
class SpokenTest extends ProbeFixture {

    @ParameterizedTest
    @CsvSource({"0.13.2,false", "0.13.3,true", "0.9.6,false", "0.33.0-rc2,true", "1.0.0,true", "0.0.0,true", "odd,true"
    })
    void responses_are_spoken_since_the_version_that_brought_them(String version, boolean spoken) throws Exception {
        ollama.server().on("/api/version", Reply.json(200, "{\"version\":\"%s\"}".formatted(version)));

        assertThat(probe().dialects().orElseThrow().contains(Dialect.OPENAI_RESPONSES))
                .isEqualTo(spoken);
        assertThat(probe().dialects().orElseThrow()).contains(Dialect.OPENAI_CHAT, Dialect.OLLAMA_CHAT);
    }

    @ParameterizedTest
    @CsvSource({"0.13.9,false", "0.14.0,true", "0.32.15,true", "odd,true"})
    void anthropics_api_is_spoken_since_the_version_that_brought_it(String version, boolean spoken) throws Exception {
        ollama.server().on("/api/version", Reply.json(200, "{\"version\":\"%s\"}".formatted(version)));

        assertThat(probe().dialects().orElseThrow().contains(Dialect.ANTHROPIC_MESSAGES))
                .isEqualTo(spoken);
    }

    @Test
    void what_configuration_says_is_spoken_whatever_the_version() throws Exception {
        PluginConfig config = PluginConfig.of(new OllamaBackendFactory().options(), Where.code("backends.laptop"))
                .with(HttpOptions.BASE_URL, ollama.uri())
                .withPresent(OllamaBackendFactory.DIALECTS, List.of("openai.chat", "ollama.chat"));
        try (Backend said = new OllamaBackendFactory().create(config, TestContext.named("laptop"))) {
            assertThat(said.dialects()).containsExactlyInAnyOrder(Dialect.OPENAI_CHAT, Dialect.OLLAMA_CHAT);
            assertThat(said.probe(soon()).dialects()).contains(said.dialects());
        }
    }
}
