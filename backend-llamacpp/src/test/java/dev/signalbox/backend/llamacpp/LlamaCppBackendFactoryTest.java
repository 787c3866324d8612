package dev.signalbox.backend.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.backend.http.HttpOptions;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.Discovery;
import dev.signalbox.spi.PluginFactory;
import dev.signalbox.testkit.FactoryContract;
import dev.signalbox.testkit.LlamaModel;
import dev.signalbox.testkit.ScriptedLlamaServer;
import dev.signalbox.testkit.TestRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LlamaCppBackendFactoryTest extends FactoryContract {

    private static final URI NOWHERE = URI.create("http://127.0.0.1:9");

    @Override
    protected PluginFactory<?> factory() {
        return new LlamaCppBackendFactory();
    }

    @Test
    void listens_where_llama_server_usually_does() {
        assertThat(config().get(HttpOptions.BASE_URL)).hasToString("http://localhost:8080");
    }

    @Test
    void asks_for_whole_answers_as_streams_unless_told_otherwise() throws Exception {
        try (Backend usual = Backends.at(NOWHERE);
                Backend plain = Backends.make(
                        Backends.config(NOWHERE).with(LlamaCppBackendFactory.STREAM_WHOLE_ANSWERS, false))) {
            assertThat(usual.edits(TestRequest.saying("Hi"), "m")).hasSize(2);
            assertThat(plain.edits(TestRequest.saying("Hi"), "m")).isEmpty();
        }
    }

    @Test
    void refuses_the_header_that_makes_a_server_go_on_for_nobody() {
        assertThatThrownBy(() -> Backends.make(
                        Backends.config(NOWHERE).with(HttpOptions.PASS_HEADERS, List.of("x-conversation-id"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("backends.shelf.pass-headers")
                .hasMessageContaining("X-Conversation-Id");
        assertThatThrownBy(() -> Backends.make(
                        Backends.config(NOWHERE).with(HttpOptions.HEADERS, Map.of("X-Conversation-ID", "7"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("backends.shelf.headers");
    }

    @Test
    void is_looked_for_at_the_port_it_has_and_at_the_one_it_is_to_have() {
        assertThat(new LlamaCppBackendFactory().discoveries())
                .extracting(place -> place.probe().toString())
                .containsExactly("http://localhost:8080/props", "http://localhost:9931/props");
        assertThat(new LlamaCppBackendFactory().discoveries())
                .extracting(place -> place.settings().get("base-url"))
                .containsExactly("http://localhost:8080", "http://localhost:9931");
    }

    @Test
    void is_recognised_in_each_of_its_states() throws Exception {
        try (ScriptedLlamaServer llama = ScriptedLlamaServer.start()) {
            assertThat(recognises(answer(llama))).isTrue();
            llama.loading(true);
            assertThat(recognises(answer(llama))).isTrue();
            llama.loading(false).routing(LlamaModel.named("qwen"));
            assertThat(recognises(answer(llama))).isTrue();
            llama.requiring("k-1");
            assertThat(recognises(answer(llama)))
                    .as("without its key it could not be asked")
                    .isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | Not Found", // mlx_lm.server
                "404 | {\"detail\":\"Not Found\"}", // mlx-vlm
                "200 | {\"status\": \"ok\"}",
                "200 | {\"object\":\"list\",\"data\":[{\"id\":\"m\"}]}",
                "200 | <html><body>It works!</body></html>",
                "200 | {\"error\":\"Unexpected endpoint or method. (GET /props)\"}", // LM Studio
                "200 | {\"default_generation_settings\":\"odd\",\"build_info\":\"b1\"}",
                "200 | {\"default_generation_settings\":{}}",
                "200 | []",
                "200 | ''",
                "503 | <h1>Service Unavailable</h1>",
                "503 | {\"error\":\"Loading model\"}",
                "503 | {\"error\":{\"message\":\"no healthy upstream\",\"type\":\"unavailable_error\"}}",
                "500 | {\"default_generation_settings\":{},\"build_info\":\"b1\"}"
            })
    void others_at_its_port_are_not_taken_for_it(int status, String body) {
        assertThat(recognises(new Discovery.Answer(status, "application/json", body)))
                .isFalse();
    }

    private static boolean recognises(Discovery.Answer answer) {
        return new LlamaCppBackendFactory()
                .discoveries()
                .getFirst()
                .recognises()
                .test(answer);
    }

    private static Discovery.Answer answer(ScriptedLlamaServer llama) throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpResponse<String> reply = client.send(
                    HttpRequest.newBuilder(llama.uri().resolve("/props")).build(),
                    HttpResponse.BodyHandlers.ofString());
            return new Discovery.Answer(
                    reply.statusCode(),
                    reply.headers().firstValue("content-type").orElse(""),
                    reply.body());
        }
    }
}
