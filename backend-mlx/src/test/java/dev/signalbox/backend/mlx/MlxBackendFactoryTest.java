package dev.signalbox.backend.mlx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Dialect;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.Discovery;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginFactory;
import dev.signalbox.testkit.FactoryContract;
import dev.signalbox.testkit.Flavor;
import dev.signalbox.testkit.ScriptedLlamaServer;
import dev.signalbox.testkit.ScriptedMlx;
import dev.signalbox.testkit.ScriptedOllama;
import dev.signalbox.testkit.ScriptedOpenAi;
import dev.signalbox.testkit.ScriptedRuntime;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MlxBackendFactoryTest extends FactoryContract {

    private static final URI NOWHERE = URI.create("http://127.0.0.1:9");

    @Override
    protected PluginFactory<?> factory() {
        return new MlxBackendFactory();
    }

    @Override
    protected PluginConfig config() {
        return Backends.config(NOWHERE, "auto");
    }

    @Test
    void speaks_what_the_server_does_that_it_is_said_to_be_and_else_what_any_of_them_does() {
        assertThat(dialects("lm")).containsExactlyInAnyOrder(Dialect.OPENAI_CHAT, Dialect.OPENAI_COMPLETIONS);
        assertThat(dialects("vlm"))
                .containsExactlyInAnyOrder(
                        Dialect.OPENAI_CHAT,
                        Dialect.OPENAI_EMBEDDINGS,
                        Dialect.OPENAI_RESPONSES,
                        Dialect.OPENAI_RERANK,
                        Dialect.ANTHROPIC_MESSAGES);
        assertThat(dialects("omni")).containsExactlyInAnyOrder(Dialect.OPENAI_CHAT, Dialect.OPENAI_EMBEDDINGS);
        assertThat(dialects("auto"))
                .containsExactlyInAnyOrder(
                        Dialect.OPENAI_CHAT,
                        Dialect.OPENAI_COMPLETIONS,
                        Dialect.OPENAI_EMBEDDINGS,
                        Dialect.OPENAI_RESPONSES,
                        Dialect.OPENAI_RERANK,
                        Dialect.ANTHROPIC_MESSAGES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lm", "vlm", "omni", "auto"})
    void each_of_them_keeps_one_model_and_puts_another_in_its_place(String flavor) {
        try (Backend backend = Backends.make(Backends.config(NOWHERE, flavor))) {
            assertThat(backend.keepsOne()).isTrue();
        }
    }

    private static Set<Dialect> dialects(String flavor) {
        try (Backend backend = Backends.at(NOWHERE, flavor)) {
            return backend.dialects();
        }
    }

    @Test
    void closing_does_not_surely_end_a_generation() {
        try (Backend backend = Backends.make(config())) {
            assertThat(backend.stopsOnClose()).isFalse();
        }
    }

    @Test
    void each_server_is_found_where_it_usually_listens() throws Exception {
        try (ScriptedMlx lm = ScriptedMlx.lm();
                ScriptedMlx vlm = ScriptedMlx.vlm();
                ScriptedMlx omni = ScriptedMlx.omni()) {
            assertThat(settingsOf(lm, 8080)).containsExactly("lm at http://localhost:8080");
            assertThat(settingsOf(vlm, 8080)).containsExactly("vlm at http://localhost:8080");
            assertThat(settingsOf(omni, 10240)).containsExactly("omni at http://localhost:10240");
        }
    }

    @TestFactory
    Stream<DynamicTest> nobody_else_is_taken_for_one_whatever_its_port() {
        return Stream.of(
                        ScriptedLlamaServer.start(),
                        ScriptedLlamaServer.start().loading(true),
                        ScriptedOllama.start(),
                        ScriptedOpenAi.start(Flavor.OPENAI),
                        ScriptedOpenAi.start(Flavor.VLLM),
                        ScriptedOpenAi.start(Flavor.LM_STUDIO))
                .map(other -> DynamicTest.dynamicTest(other.getClass().getSimpleName(), () -> {
                    try (other) {
                        assertThat(settingsOf(other, 8080)).isEmpty();
                        assertThat(settingsOf(other, 10240)).isEmpty();
                    }
                }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Not Found",
                "<!DOCTYPE HTML><html></html>",
                "{\"status\": \"ok\"}",
                "{\"status\":\"ok\",\"version\":\"1\"}",
                "{\"object\": \"list\", \"data\": []}",
                "{\"object\": \"list\", \"data\": [{\"id\": \"gpt-4\", \"object\": \"model\", \"created\": 1}]}",
                "{\"object\": \"list\", \"data\": [{\"id\": \"a/b\", \"object\": \"model\", \"created\": 1, \"owned_by\": \"a\"}]}",
                "{\"object\": \"list\", \"data\": [{\"id\": \"a/b\", \"object\": \"model\", \"created\": \"now\"}]}",
                "{\"object\": \"list\", \"data\": [{\"id\": \"a/b\", \"object\": \"model\", \"created\": 1}], \"models\": []}",
                "{\"object\":\"list\",\"data\":[{\"id\":\"a/b\",\"object\":\"model\",\"created\":1}]}",
                "{\"status\":\"healthy\",\"model\":\"a\"}",
                "{\"status\":\"healthy\",\"loaded_model\":\"a\"}",
                "{\"cache_size\":0}",
                "[]",
                "null"
            })
    void an_answer_that_others_may_give_is_no_sign(String body) {
        assertThat(new MlxBackendFactory().discoveries())
                .noneMatch(place -> place.recognises().test(new Discovery.Answer(200, "application/json", body)));
    }

    @Test
    void a_sign_in_an_error_or_on_a_page_is_none() {
        String list = "{\"object\": \"list\", \"data\": [{\"id\": \"a/b\", \"object\": \"model\", \"created\": 1}]}";
        Discovery lm = new MlxBackendFactory().discoveries().getFirst();

        assertThat(lm.recognises().test(new Discovery.Answer(200, "application/json", list)))
                .isTrue();
        assertThat(lm.recognises().test(new Discovery.Answer(404, "application/json", list)))
                .isFalse();
        assertThat(lm.recognises().test(new Discovery.Answer(200, "text/html", list)))
                .isFalse();
    }

    /** What those places that are at the port find behind it. */
    private static List<String> settingsOf(ScriptedRuntime runtime, int port) throws Exception {
        List<Discovery> places = new MlxBackendFactory()
                .discoveries().stream()
                        .filter(place -> place.probe().getPort() == port)
                        .toList();
        assertThat(places).isNotEmpty();
        List<String> found = new ArrayList<>();
        for (Discovery place : places) {
            if (place.recognises().test(ask(runtime.uri().resolve(place.probe().getPath())))) {
                found.add(place.settings().get("flavor") + " at "
                        + place.settings().get("base-url"));
            }
        }
        return found;
    }

    private static Discovery.Answer ask(URI address) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
            return new Discovery.Answer(
                    answer.statusCode(),
                    answer.headers().firstValue("Content-Type").orElse(""),
                    answer.body());
        }
    }
}
