package dev.signalbox.backend.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Body;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.backend.http.HttpOptions;
import dev.signalbox.core.Router;
import dev.signalbox.testkit.Answer;
import dev.signalbox.testkit.Gate;
import dev.signalbox.testkit.ReceivedRequest;
import dev.signalbox.testkit.ScriptedLlamaServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers that are wanted whole come as streams, and nobody but llama-server notices. */
@Timeout(120) // what is waited for in vain fails its test, not the build
@DisplayNameGeneration(ReplaceUnderscores.class)
class WholeAnswersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String QUESTION = "\"messages\":[{\"role\":\"user\",\"content\":\"Report\"}]";

    private final ScriptedLlamaServer desk = ScriptedLlamaServer.start().serving("qwen", 4096);
    private final Router router = router(true);
    private final Router plain = router(false);

    private enum Client {
        CHAT(Dialect.OPENAI_CHAT, QUESTION, ",\"stream_options\":{\"include_usage\":true}"),
        RESPONSES(Dialect.OPENAI_RESPONSES, "\"input\":\"Report\"", ""),
        MESSAGES(Dialect.ANTHROPIC_MESSAGES, "\"max_tokens\":64," + QUESTION, "");

        private final Dialect dialect;
        private final String asks;
        private final String counted;

        Client(Dialect dialect, String asks, String counted) {
            this.dialect = dialect;
            this.asks = asks;
            this.counted = counted;
        }

        private RouteRequest request() {
            return RouteRequest.of(dialect, Body.of("{\"model\":\"desk/qwen\",%s}".formatted(asks)));
        }
    }

    private Router router(boolean streaming) {
        return Router.builder()
                .backend(
                        "desk",
                        new LlamaCppBackendFactory(),
                        options -> options.with(HttpOptions.BASE_URL, desk.uri())
                                .with(LlamaCppBackendFactory.STREAM_WHOLE_ANSWERS, streaming))
                .build();
    }

    @AfterEach
    void end() {
        router.close();
        plain.close();
        desk.close();
    }

    @ParameterizedTest
    @EnumSource
    void a_whole_answer_is_what_the_server_would_have_said(Client client) throws Exception {
        desk.says(Answer.saying("Grüß", " Gott").thinking("Hm", "m").calling("f", "{\"a\":1}"));

        JsonNode joined = whole(router, client);

        assertThat(last().text())
                .isEqualTo("{\"model\":\"qwen\",%s,\"stream\":true%s}".formatted(client.asks, client.counted));
        JsonNode said = whole(plain, client);
        assertThat(last().text()).doesNotContain("stream");
        assertThat(joined).isEqualTo(said);
    }

    @ParameterizedTest
    @EnumSource
    void whoever_leaves_ends_the_generation(Client client) {
        Gate gate = Gate.closed();
        desk.prefillingFor(gate);
        RouteRequest request = client.request();
        CompletableFuture<String> answer = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try (RoutedResponse reply = router.route(request)) {
                answer.complete(reply.text());
            } catch (Throwable left) {
                answer.completeExceptionally(left);
            }
        });
        assertThat(gate.reached()).succeedsWithin(PATIENCE);

        request.cancellation().cancel();

        assertThat(answer).failsWithin(PATIENCE);
        while (desk.server().running() > 0) {
            Thread.onSpinWait();
        }
    }

    /** Without its id, for each answer has one of its own. */
    private static JsonNode whole(Router asked, Client client) throws Exception {
        try (RoutedResponse answer = asked.route(client.request())) {
            assertThat(answer.headers().first("Content-Type").orElse("")).startsWith("application/json");
            JsonNode whole = JSON.readTree(answer.body().readAllBytes());
            return ((ObjectNode) whole).without("id");
        }
    }

    private ReceivedRequest last() {
        return desk.server().requests().stream()
                .filter(request -> request.method().equals("POST"))
                .reduce((first, second) -> second)
                .orElseThrow();
    }
}
