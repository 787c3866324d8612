package dev.signalbox.backend.ollama;

import static dev.signalbox.backend.ollama.OllamaBackendFactory.DIALECTS;
import static dev.signalbox.backend.ollama.OllamaBackendFactory.NUM_CTX;
import static dev.signalbox.backend.ollama.OllamaBackendFactory.SPEAK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.backend.http.HttpOptions;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.Discovery;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginFactory;
import dev.signalbox.testkit.FactoryContract;
import dev.signalbox.testkit.TestRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OllamaBackendFactoryTest extends FactoryContract {

    private static final URI NOWHERE = URI.create("http://127.0.0.1:9");

    @Override
    protected PluginFactory<?> factory() {
        return new OllamaBackendFactory();
    }

    @Test
    void listens_where_ollama_usually_does() {
        assertThat(config().get(HttpOptions.BASE_URL)).hasToString("http://localhost:11434");
    }

    @ParameterizedTest
    @CsvSource({"forever,-1", "30m,\"30m\"", "1h30m,\"1h30m\"", "0s,\"0s\""})
    void says_how_long_to_keep_a_model_in_requests_of_its_own_api_only(String time, String json) throws Exception {
        PluginConfig config = Backends.config(NOWHERE).withPresent(OllamaBackendFactory.KEEP_ALIVE, time);

        try (Backend backend = Backends.make(config)) {
            assertThat(backend.edits(TestRequest.of(Dialect.OLLAMA_CHAT, "{\"model\":\"m\",\"messages\":[]}"), "m"))
                    .containsExactly(Edit.insert("/keep_alive", json));
            assertThat(backend.edits(TestRequest.of(Dialect.OLLAMA_CHAT, "{\"model\":\"m\",\"keep_alive\":7}"), "m"))
                    .as("the client knows better")
                    .isEmpty();
            assertThat(backend.edits(TestRequest.saying("Hi"), "m")).isEmpty();
        }
    }

    @Test
    void speaks_its_own_api_alone_where_that_is_said() throws Exception {
        try (Backend backend = Backends.make(Backends.config(NOWHERE).withPresent(SPEAK, "ollama.chat"))) {
            assertThat(backend.dialects())
                    .contains(Dialect.OLLAMA_CHAT, Dialect.OPENAI_EMBEDDINGS, Dialect.OPENAI_COMPLETIONS)
                    .doesNotContain(Dialect.OPENAI_CHAT, Dialect.OPENAI_RESPONSES, Dialect.ANTHROPIC_MESSAGES);
        }
    }

    @Test
    void a_context_needs_an_api_that_has_a_word_for_it() throws Exception {
        PluginConfig config = Backends.config(NOWHERE).with(NUM_CTX, Map.of("*", 8192L));

        assertThatThrownBy(() -> Backends.make(config))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("backends.laptop.num-ctx")
                .hasMessageContaining("needs `speak: ollama.chat` beside it");
        Backends.make(config.withPresent(SPEAK, "ollama.chat")).close();
        Backends.make(config.withPresent(DIALECTS, List.of("ollama.chat", "openai.embeddings")))
                .close();
    }

    @Test
    void what_is_to_be_spoken_may_not_be_left_out() {
        PluginConfig config = Backends.config(NOWHERE)
                .withPresent(SPEAK, "ollama.chat")
                .withPresent(DIALECTS, List.of("openai.chat"));

        assertThatThrownBy(() -> Backends.make(config))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("backends.laptop.speak")
                .hasMessageContaining("leaves ollama.chat out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "5 minutes", "soon", "30"})
    void a_time_that_is_none_is_a_problem(String time) {
        PluginConfig config = Backends.config(NOWHERE).withPresent(OllamaBackendFactory.KEEP_ALIVE, time);

        assertThatThrownBy(() -> Backends.make(config))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("backends.laptop.keep-alive")
                .hasMessageContaining("30m");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"version\":\"0.32.15\"}                        | true",
                "200 | { \"version\" : \"0.33.0-rc2\" }                  | true",
                "404 | {\"version\":\"0.32.15\"}                        | false",
                "200 | {\"version\":\"v4.9.0 (abc)\",\"commit\":\"abc\"} | false",
                "200 | Ollama is running                              | false",
                "200 | \"SGLang is running\"                            | false"
            })
    void is_found_on_this_machine_by_its_version(int status, String body, boolean found) {
        Discovery place = new OllamaBackendFactory().discoveries().getFirst();

        assertThat(place.probe()).hasToString("http://localhost:11434/api/version");
        assertThat(place.recognises().test(new Discovery.Answer(status, "application/json", body)))
                .isEqualTo(found);
    }
}
