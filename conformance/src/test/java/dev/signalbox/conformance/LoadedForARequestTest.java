package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.api.Body;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.core.Router;
import dev.signalbox.testkit.OllamaModel;
import dev.signalbox.testkit.ReceivedRequest;
import dev.signalbox.testkit.ScriptedOllama;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an Ollama is made to load and unload for a request, and what is said of that beforehand. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LoadedForARequestTest {

    private static final long GIBI = 1L << 30;

    @TempDir
    private Path folder;

    private ScriptedOllama ollama;
    private Router router;

    @BeforeEach
    void start() throws Exception {
        ollama = ScriptedOllama.start()
                .installed(
                        OllamaModel.named("architect").sized(15 * GIBI),
                        OllamaModel.named("coder").sized(8 * GIBI))
                .memory(24 * GIBI, GIBI);
        router = Router.from(Files.writeString(folder.resolve("signalbox.yaml"), """
                backends:
                  desk: { type: ollama, base-url: "%s" }
                guards:
                  memory: { hosts: { localhost: { memory: 24GiB, reserve: 1GiB } } }
                """.formatted(ollama.uri())));
    }

    @AfterEach
    void stop() {
        router.close();
        ollama.close();
    }

    private RouteTrace asked(RouteRequest request) throws Exception {
        try (RoutedResponse response = router.route(request)) {
            response.text();
            return response.trace();
        }
    }

    private static RouteRequest withContext(int tokens) {
        String body = "{\"model\":\"desk/coder\",\"stream\":false,\"options\":{\"num_ctx\":%d},".formatted(tokens)
                + "\"messages\":[{\"role\":\"user\",\"content\":\"All clear?\"}]}";
        return RouteRequest.of(Dialect.OLLAMA_CHAT, Body.of(body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void an_explanation_says_what_would_be_loaded_and_unloaded_and_does_nothing() throws Exception {
        RouteTrace real = asked(RouteRequest.chat("desk/coder", "All clear?"));
        int asked = ollama.server().requests().size();

        RouteTrace explained = router.explain(RouteRequest.chat("desk/architect", "All clear?"));

        assertThat(explained.notes())
                .containsExactly(
                        "memory: desk/architect would be loaded; desk/coder would be unloaded for desk/architect");
        assertThat(ollama.resident()).containsExactly("coder");
        assertThat(ollama.server().requests()).hasSize(asked);
        assertThat(real.notes())
                .as("of a request that just works nothing is logged")
                .isEmpty();
        assertThat(router.explain(RouteRequest.chat("desk/coder", "All clear?")).notes())
                .isEmpty();
    }

    @Test
    void a_request_for_a_larger_context_has_the_model_loaded_again_beforehand() throws Exception {
        asked(withContext(4_096));
        asked(withContext(16_384));
        asked(withContext(16_384));

        assertThat(loads())
                .containsExactly(
                        "{\"model\":\"coder\",\"stream\":false,\"options\":{\"num_ctx\":4096}}",
                        "{\"model\":\"coder\",\"stream\":false,\"options\":{\"num_ctx\":16384}}");
    }

    @Test
    void a_model_that_others_have_loaded_with_a_smaller_context_than_is_configured_is_loaded_again() throws Exception {
        ollama.loaded("coder");
        try (Router roomy = Router.from(Files.writeString(folder.resolve("roomy.yaml"), """
                probe: { every: 1s }
                backends:
                  desk: { type: ollama, base-url: "%s", speak: ollama.chat, num-ctx: { "*": 16384 } }
                guards:
                  memory: { hosts: { localhost: { memory: 24GiB, reserve: 1GiB } } }
                """.formatted(ollama.uri())))) {
            RouteRequest request = RouteRequest.chat("desk/coder", "All clear?");
            await().untilAsserted(() -> assertThat(roomy.explain(request).notes())
                    .containsExactly("memory: desk/coder would be loaded again with a context of 16384 tokens"));
            try (RoutedResponse response = roomy.route(request)) {
                response.text();
            }
        }

        assertThat(loads()).containsExactly("{\"model\":\"coder\",\"stream\":false,\"options\":{\"num_ctx\":16384}}");
    }

    @Test
    void what_is_said_of_a_model_without_its_tag_counts() throws Exception {
        ollama.installed(
                OllamaModel.named("architect:latest").sized(3 * GIBI),
                OllamaModel.named("coder:latest").sized(2 * GIBI));
        try (Router alone = Router.from(Files.writeString(folder.resolve("alone.yaml"), """
                backends:
                  desk: { type: ollama, base-url: "%s" }
                guards:
                  memory:
                    hosts: { localhost: { memory: 24GiB, reserve: 1GiB } }
                    exclusive: [ desk/architect ]
                """.formatted(ollama.uri())))) {
            for (String model : List.of("desk/coder", "desk/architect")) {
                try (RoutedResponse response = alone.route(RouteRequest.chat(model, "All clear?"))) {
                    response.text();
                }
            }
        }

        assertThat(ollama.resident()).containsExactly("architect:latest");
    }

    private List<String> loads() {
        return ollama.server().requests().stream()
                .filter(request -> request.path().equals("/api/generate"))
                .map(ReceivedRequest::text)
                .toList();
    }
}
