package dev.signalbox.backend.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.api.Body;
import dev.signalbox.api.BrokenOff;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Exhausted;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.Unroutable;
import dev.signalbox.backend.http.HttpOptions;
import dev.signalbox.core.Router;
import dev.signalbox.testkit.Gate;
import dev.signalbox.testkit.LlamaModel;
import dev.signalbox.testkit.ReceivedRequest;
import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.ScriptedLlamaServer;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of requests to llama-servers behind the engine. */
@Timeout(120) // what is waited for in vain fails its test, not the build
@DisplayNameGeneration(ReplaceUnderscores.class)
class LlamaCppRoutingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String QUESTION = "\"messages\":[{\"role\":\"user\",\"content\":\"Report\"}]";

    private final ScriptedLlamaServer desk =
            ScriptedLlamaServer.start().serving("qwen", 4096).embedding();
    private final ScriptedLlamaServer shelf = ScriptedLlamaServer.start()
            .routing(
                    LlamaModel.named("qwen"),
                    LlamaModel.named("gemma").aliased("g"),
                    LlamaModel.named("broken").broken());
    private final Router router = Router.builder()
            .backend("desk", new LlamaCppBackendFactory(), options -> options.with(HttpOptions.BASE_URL, desk.uri()))
            .backend("shelf", new LlamaCppBackendFactory(), options -> options.with(HttpOptions.BASE_URL, shelf.uri()))
            .profile("both", "desk/qwen", "shelf/qwen")
            .build();

    @AfterEach
    void end() {
        router.close();
        desk.close();
        shelf.close();
    }

    @Test
    void a_server_that_is_loading_is_waited_for() throws Exception {
        try (RoutedResponse first = router.route(RouteRequest.chatStream("desk/qwen", "Report"))) {
            assertThat(first.text()).isNotEmpty();
        }
        desk.loading(true);

        CompletableFuture<String> answer = later(() -> {
            try (RoutedResponse reply = router.route(RouteRequest.chatStream("desk/qwen", "Report"))) {
                return reply.text();
            }
        });
        while (asked(desk, "/props") < 3) { // it has been told so, and looks again and again
            Thread.onSpinWait();
        }
        assertThat(answer).isNotDone();
        assertThat(asked(desk, "/v1/chat/completions"))
                .as("asked once before it was loading, and once since")
                .isEqualTo(2);
        desk.loading(false);

        assertThat(answer).succeedsWithin(PATIENCE).isEqualTo("All signals are green.");
    }

    @Test
    void a_model_that_a_router_has_to_load_is_waited_for() throws Exception {
        Gate gate = Gate.closed();
        shelf.loadingFor(gate);

        CompletableFuture<String> answer = later(() -> {
            try (RoutedResponse reply = router.route(RouteRequest.chatStream("shelf/gemma", "Report"))) {
                return reply.text();
            }
        });
        assertThat(gate.reached()).succeedsWithin(PATIENCE);
        assertThat(answer).isNotDone();
        gate.open();

        assertThat(answer).succeedsWithin(PATIENCE).isEqualTo("All signals are green.");
    }

    @Test
    void a_model_is_asked_for_by_any_of_its_names() throws Exception {
        try (RoutedResponse answer = router.route(RouteRequest.chatStream("shelf/g", "Report"))) {
            answer.text();
        }

        assertThat(last(shelf).text()).contains("\"model\":\"gemma\"");
    }

    @Test
    void a_model_that_does_not_load_leads_to_the_next() throws Exception {
        try (Router other = Router.builder()
                        .backend(
                                "shelf",
                                new LlamaCppBackendFactory(),
                                options -> options.with(HttpOptions.BASE_URL, shelf.uri()))
                        .profile("careful", "shelf/broken", "shelf/qwen")
                        .build();
                RoutedResponse answer = other.route(RouteRequest.chatStream("careful", "Report"))) {
            assertThat(answer.text()).isEqualTo("All signals are green.");
            assertThat(answer.trace().steps())
                    .extracting(RouteTrace.Step::brief)
                    .contains("shelf/broken=model-unavailable", "shelf/qwen=answered");
        }
    }

    @Test
    void a_prompt_that_is_too_long_for_one_goes_to_the_next() throws Exception {
        desk.serving("qwen", 1);

        try (RoutedResponse answer = router.route(RouteRequest.chatStream("both", "Report on all signals"))) {
            answer.text();
            assertThat(answer.trace().steps())
                    .extracting(RouteTrace.Step::brief)
                    .contains("desk/qwen=context-overflow", "shelf/qwen=answered");
        }
    }

    @Test
    void a_mistake_of_the_client_goes_nowhere_else_though_it_came_as_500() {
        desk.refuses(500, "Failed to parse messages: [json.exception.type_error.302] type must be string");

        assertThat(catchThrowableOfType(
                        Unroutable.class, () -> router.route(RouteRequest.chatStream("both", "Report"))))
                .isNotNull();
        assertThat(shelf.server().generations()).isZero();
    }

    @Test
    void a_whole_answer_to_a_plain_prompt_is_what_the_server_would_have_said() throws Exception {
        try (RoutedResponse answer = router.route(RouteRequest.of(
                Dialect.OPENAI_COMPLETIONS, Body.of("{\"model\":\"desk/qwen\",\"prompt\":\"Report\"}")))) {
            JsonNode joined = JSON.readTree(answer.body().readAllBytes());

            assertThat(joined.at("/choices/0/text").asText()).isEqualTo("All signals are green.");
            assertThat(joined.path("object").asText()).isEqualTo("text_completion");
            assertThat(joined.at("/usage/prompt_tokens").asInt()).isEqualTo(26);
        }
    }

    @Test
    void vectors_are_handed_over_as_they_are() throws Exception {
        try (RoutedResponse answer = router.route(RouteRequest.of(
                Dialect.OPENAI_EMBEDDINGS, Body.of("{\"model\":\"desk/qwen\",\"input\":\"Report\"}")))) {
            assertThat(JSON.readTree(answer.body().readAllBytes()).at("/data/0/embedding"))
                    .isNotEmpty();
        }
        assertThat(last(desk).text()).doesNotContain("stream");
    }

    @Test
    void documents_are_ranked_by_a_server_that_was_started_for_it() throws Exception {
        String json = "{\"model\":\"both\",\"query\":\"stop\",\"documents\":[\"go\",\"stop\"]}";
        assertThat(catchThrowableOfType(
                                Unroutable.class,
                                () -> router.route(RouteRequest.of(Dialect.OPENAI_RERANK, Body.of(json)))
                                        .close())
                        .problem()
                        .status())
                .as("neither was")
                .isEqualTo(501);
        shelf.reranking();

        try (RoutedResponse answer = router.route(RouteRequest.of(Dialect.OPENAI_RERANK, Body.of(json)))) {
            assertThat(JSON.readTree(answer.body().readAllBytes())
                            .at("/results/1/relevance_score")
                            .asDouble())
                    .isEqualTo(0.9);
            assertThat(answer.target()).hasToString("shelf/qwen");
        }
    }

    @Test
    void an_answer_that_dies_before_its_first_word_comes_from_the_next() throws Exception {
        desk.sends(reply -> Reply.hangUp());

        try (RoutedResponse answer = router.route(RouteRequest.chatStream("both", "Report"))) {
            assertThat(answer.text()).isEqualTo("All signals are green.");
            assertThat(answer.trace().steps())
                    .extracting(RouteTrace.Step::brief)
                    .contains("desk/qwen=unreachable", "shelf/qwen=answered");
        }
    }

    @Test
    void an_answer_that_dies_in_the_middle_is_said_to_have_broken_off() throws Exception {
        desk.sends(reply -> Reply.events(
                        "{\"choices\":[{\"finish_reason\":null,\"index\":0,\"delta\":{\"content\":\"Hel\"}}]}")
                .thenTruncates());

        try (RoutedResponse answer = router.route(RouteRequest.chatStream("desk/qwen", "Report"))) {
            assertThat(catchThrowableOfType(BrokenOff.class, answer::text)).isNotNull();
        }
    }

    @Test
    void a_clean_end_after_bare_text_is_said_to_have_broken_off() throws Exception {
        shelf.loaded("gemma").childDiesAfter(3);

        try (RoutedResponse answer = router.route(RouteRequest.chatStream("shelf/gemma", "Report"))) {
            BrokenOff broken = catchThrowableOfType(BrokenOff.class, answer::text);
            assertThat(broken).isNotNull();
            assertThat(broken).hasMessageContaining("proxy error");
        }
    }

    @Test
    void a_whole_answer_that_dies_in_the_middle_comes_from_the_next() throws Exception {
        desk.breaksAfter(3, "got exception: odd");

        JsonNode answer = whole("{\"model\":\"both\",%s}".formatted(QUESTION));

        assertThat(answer.at("/choices/0/message/content").asText()).isEqualTo("All signals are green.");
        assertThat(shelf.server().generations()).isEqualTo(1);
    }

    @Test
    void a_whole_answer_whose_model_dies_has_failed() {
        shelf.loaded("gemma").childDiesAfter(3);

        Exhausted failed = catchThrowableOfType(
                Exhausted.class, () -> whole("{\"model\":\"shelf/gemma\",%s}".formatted(QUESTION)));

        assertThat(failed.trace().steps()).extracting(RouteTrace.Step::what).contains("unreachable");
        assertThat(failed).hasMessageContaining("proxy error");
    }

    private JsonNode whole(String json) throws Exception {
        try (RoutedResponse answer = router.route(RouteRequest.of(Dialect.OPENAI_CHAT, Body.of(json)))) {
            assertThat(answer.headers().first("Content-Type").orElse("")).startsWith("application/json");
            return JSON.readTree(answer.body().readAllBytes());
        }
    }

    private static long asked(ScriptedLlamaServer llama, String path) {
        return llama.server().requests().stream()
                .filter(request -> request.path().equals(path))
                .count();
    }

    private static ReceivedRequest last(ScriptedLlamaServer llama) {
        return llama.server().requests().stream()
                .filter(request -> request.method().equals("POST"))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private static <T> CompletableFuture<T> later(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                result.complete(work.call());
            } catch (Throwable failure) {
                result.completeExceptionally(failure);
            }
        });
        return result;
    }
}
