package dev.signalbox.backend.vllm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.api.Body;
import dev.signalbox.api.BrokenOff;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Headers;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.Unroutable;
import dev.signalbox.backend.http.HttpOptions;
import dev.signalbox.backend.http.HttpOptions.Credentials;
import dev.signalbox.core.Router;
import dev.signalbox.core.RouterBuilder;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.testkit.Answer;
import dev.signalbox.testkit.Calls;
import dev.signalbox.testkit.ReceivedRequest;
import dev.signalbox.testkit.ScriptedVllm;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of requests to vLLM behind the engine. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class VllmRoutingTest {

    private final ScriptedVllm left = ScriptedVllm.start().serving("qwen");
    private final ScriptedVllm right = ScriptedVllm.start().serving("qwen");
    private final Router router = backend(backend(Router.builder(), "left", left), "right", right)
            .profile("both", "left/qwen", "right/qwen")
            .build();

    @AfterEach
    void end() {
        router.close();
        left.close();
        right.close();
    }

    @Test
    void an_answer_crosses_with_its_reasoning() throws Exception {
        left.says(Answer.saying("All", " clear").thinking("The signal is green."));

        try (RoutedResponse answer = router.route(RouteRequest.chatStream("both", "Report"))) {
            assertThat(answer.text()).isEqualTo("All clear");
            assertThat(answer.trace().steps())
                    .extracting(RouteTrace.Step::brief)
                    .contains("left/qwen=answered");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"EngineCore encountered an issue. See stack trace (above) for the root cause.", "boom"})
    void an_error_inside_a_200_that_ends_as_if_all_were_well_moves_on_to_the_next(String message) throws Exception {
        left.refuses(500, message);

        try (RoutedResponse answer = router.route(RouteRequest.chatStream("both", "Report"))) {
            answer.text();
            assertThat(answer.trace().steps())
                    .extracting(RouteTrace.Step::brief)
                    .contains(
                            message.equals("boom") ? "left/qwen=server-error" : "left/qwen=unreachable",
                            "right/qwen=answered");
        }
        assertThat(left.server().generations()).isEqualTo(1);
    }

    @Test
    void an_error_before_the_first_word_of_a_stream_that_has_begun_moves_on_too() throws Exception {
        left.breaksAfter(1, "CUDA out of memory. Tried to allocate 2.00 GiB.");

        RouteTrace trace = ask(RouteRequest.chatStream("both", "Report"));

        assertThat(trace.steps())
                .extracting(RouteTrace.Step::brief)
                .contains("left/qwen=out-of-memory", "right/qwen=answered");
    }

    @Test
    void an_error_after_the_first_words_is_told_and_not_taken_for_the_end() throws Exception {
        left.breaksAfter(3, "boom");

        try (RoutedResponse answer = router.route(RouteRequest.chatStream("both", "Report"))) {
            assertThat(catchThrowableOfType(BrokenOff.class, answer::text)).isNotNull();
        }
    }

    @Test
    void one_that_sleeps_is_passed_over_and_survives() throws Exception {
        left.sleepable().asleep(true);
        try (Router fresh = backend(backend(Router.builder(), "left", left), "right", right)
                .profile("both", "left/qwen", "right/qwen")
                .build()) {
            RouteTrace trace = ask(fresh, RouteRequest.chat("both", "Report"));

            assertThat(trace.steps())
                    .extracting(RouteTrace.Step::brief)
                    .contains("left/qwen=model-unavailable", "right/qwen=answered");
        }
        assertThat(left.isDead()).isFalse();
    }

    @Test
    void a_prompt_too_long_for_one_goes_to_the_next() throws Exception {
        left.context(16);

        RouteTrace trace = ask(
                RouteRequest.chat("both", "Is the line between the junction and the tunnel clear now, or is it not?"));

        assertThat(trace.steps())
                .extracting(RouteTrace.Step::brief)
                .contains("left/qwen=context-overflow", "right/qwen=answered");
    }

    @Test
    void what_is_changed_is_told() throws Exception {
        RouteTrace trace = ask(RouteRequest.of(
                Dialect.OPENAI_CHAT,
                Body.of("{\"model\":\"left/qwen\",\"max_tokens\":128000,\"seed\":null,"
                        + "\"messages\":[{\"role\":\"developer\",\"content\":\"Hi\"}]}")));

        assertThat(last(left).text())
                .matches("\\{\"model\":\"qwen\",\"max_tokens\":40\\d{3},"
                        + "\"messages\":\\[\\{\"role\":\"system\",\"content\":\"Hi\"}]}");
        assertThat(trace.dropped()).containsExactly("max_tokens");
    }

    @Test
    void a_model_that_generates_is_not_asked_for_vectors() {
        Unroutable refused = catchThrowableOfType(
                Unroutable.class,
                () -> router.route(RouteRequest.of(
                        Dialect.OPENAI_EMBEDDINGS, Body.of("{\"model\":\"left/qwen\",\"input\":\"a\"}"))));

        assertThat(refused.problem().status()).isEqualTo(501);
        assertThat(last(left).path()).isNotEqualTo("/v1/embeddings");
    }

    @Test
    void vectors_and_ranks_come_from_a_model_that_is_for_them() throws Exception {
        right.doing(ScriptedVllm.Task.POOLING).serving("vectors");
        try (Router fresh = backend(Router.builder(), "right", right).build()) {
            try (RoutedResponse answer = fresh.route(RouteRequest.of(
                    Dialect.OPENAI_EMBEDDINGS, Body.of("{\"model\":\"right/vectors\",\"input\":\"a\"}")))) {
                assertThat(new String(answer.body().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                        .contains("\"embedding\"");
            }
            try (RoutedResponse answer = fresh.route(RouteRequest.of(
                    Dialect.OPENAI_RERANK,
                    Body.of("{\"model\":\"right/vectors\",\"query\":\"a\",\"documents\":[\"a\",\"b\"]}")))) {
                assertThat(new String(answer.body().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                        .contains("\"relevance_score\"");
            }
        }
    }

    @Test
    void its_own_key_is_a_bearer_token_and_nothing_else() throws Exception {
        left.requiring("sk-1");
        try (Router fresh = backend(
                        Router.builder(), "left", left, options -> options.withPresent(HttpOptions.API_KEY, "sk-1"))
                .build()) {
            ask(fresh, RouteRequest.chat("left/qwen", "Report"));
        }

        assertThat(left.server().requests())
                .allSatisfy(request -> assertThat(request.headers("x-api-key")).isEmpty());
    }

    @Test
    void the_clients_key_is_a_bearer_token_wherever_the_client_wrote_it() throws Exception {
        left.requiring("sk-2");
        PluginConfig config = Backends.config(left.uri()).with(HttpOptions.CREDENTIALS, Credentials.CLIENT);
        try (var backend = Backends.make(config)) {
            backend.exchange(Calls.chat("qwen").withHeaders(Headers.of("X-Api-Key", "sk-2")))
                    .close();
            assertThat(last(left).headers("authorization")).containsExactly("Bearer sk-2");
            assertThat(last(left).headers("x-api-key")).isEmpty();

            backend.exchange(Calls.chat("qwen")
                            .withHeaders(Headers.of("Authorization", "Bearer sk-2", "X-Api-Key", "sk-3")))
                    .close();
            assertThat(last(left).headers("authorization")).containsExactly("Bearer sk-2");
        }
    }

    private RouteTrace ask(RouteRequest request) throws Exception {
        return ask(router, request);
    }

    private static RouteTrace ask(Router router, RouteRequest request) throws Exception {
        try (RoutedResponse answer = router.route(request)) {
            answer.text();
            return answer.trace();
        }
    }

    private static RouterBuilder backend(RouterBuilder router, String name, ScriptedVllm server) {
        return backend(router, name, server, options -> options);
    }

    private static RouterBuilder backend(
            RouterBuilder router, String name, ScriptedVllm server, UnaryOperator<PluginConfig> more) {
        return router.backend(
                name,
                new VllmBackendFactory(),
                options -> more.apply(options.with(HttpOptions.BASE_URL, server.uri())));
    }

    private static ReceivedRequest last(ScriptedVllm server) {
        return server.server().requests().stream()
                .filter(request -> request.method().equals("POST"))
                .reduce((first, second) -> second)
                .orElseGet(() -> server.server().requests().getLast());
    }
}
