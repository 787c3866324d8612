package dev.signalbox.backend.ollama;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.api.Body;
import dev.signalbox.api.BrokenOff;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Exhausted;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.Unroutable;
import dev.signalbox.backend.http.HttpOptions;
import dev.signalbox.core.Router;
import dev.signalbox.testkit.Answer;
import dev.signalbox.testkit.OllamaModel;
import dev.signalbox.testkit.ReceivedRequest;
import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.ScriptedOllama;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of requests to Ollama behind the engine. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OllamaRoutingTest {

    private final ScriptedOllama laptop = ScriptedOllama.start();
    private final ScriptedOllama studio = ScriptedOllama.start();
    private final Router router = Router.builder()
            .backend("laptop", new OllamaBackendFactory(), options -> options.with(HttpOptions.BASE_URL, laptop.uri()))
            .backend("studio", new OllamaBackendFactory(), options -> options.with(HttpOptions.BASE_URL, studio.uri()))
            .profile("both", "laptop/qwen3:8b", "studio/qwen3:8b")
            .build();

    @AfterEach
    void end() {
        router.close();
        laptop.close();
        studio.close();
    }

    @Test
    void a_failure_that_ollama_hides_moves_on_to_the_next() throws Exception {
        laptop.silentFailure(0);
        studio.says(Answer.saying("All", " clear"));

        try (RoutedResponse answer = router.route(RouteRequest.chatStream("both", "Report"))) {
            assertThat(answer.text()).isEqualTo("All clear");
            assertThat(answer.trace().steps())
                    .extracting(RouteTrace.Step::brief)
                    .contains("laptop/qwen3:8b=broken-reply", "studio/qwen3:8b=answered");
        }
    }

    @Test
    void a_model_of_a_cloud_answers_where_it_is_named() throws Exception {
        laptop.installed(OllamaModel.named("big:cloud")).says(Answer.saying("Far", " away"));
        laptop.server()
                .on(
                        "/api/tags",
                        Reply.json(
                                200,
                                "{\"models\":[{\"name\":\"big:cloud\",\"remote_model\":\"big\",\"remote_host\":\"https://ollama.com\"}]}"));
        ModelInfo cloud = ModelInfo.named("big:cloud");
        try (Router named = Router.builder()
                        .backend(
                                "laptop",
                                new OllamaBackendFactory(),
                                options -> options.with(HttpOptions.BASE_URL, laptop.uri()))
                        .models("laptop", cloud)
                        .profile("far", "laptop/big:cloud")
                        .build();
                RoutedResponse answer = named.route(RouteRequest.chat("far", "Report"))) {
            assertThat(answer.text()).isEqualTo("Far away");
        }
    }

    @Test
    void a_failure_that_ollama_hides_is_a_failure_where_there_is_no_next() {
        laptop.silentFailure(0);

        Exhausted exhausted = catchThrowableOfType(
                Exhausted.class, () -> router.route(RouteRequest.chatStream("laptop/qwen3:8b", "Report")));

        assertThat(exhausted.problem().status()).isEqualTo(502);
        assertThat(exhausted.trace().steps()).extracting(RouteTrace.Step::what).contains("broken-reply");
    }

    @Test
    void a_failure_that_ollama_hides_after_the_first_words_is_told() throws Exception {
        laptop.silentFailure(2);

        try (RoutedResponse answer = router.route(RouteRequest.chatStream("laptop/qwen3:8b", "Report"))) {
            assertThat(catchThrowableOfType(BrokenOff.class, answer::text)).isNotNull();
        }
    }

    @Test
    void a_name_is_sent_as_the_server_lists_it() throws Exception {
        route(
                Dialect.OPENAI_CHAT,
                "{\"model\":\"laptop/QWEN3:8B\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");

        assertThat(last(laptop).text()).contains("\"model\":\"qwen3:8b\"");
    }

    @Test
    void what_ollama_cannot_read_is_changed_and_what_it_ignores_is_told() throws Exception {
        RouteTrace trace = route(
                Dialect.OPENAI_CHAT,
                "{\"model\":\"laptop/qwen3:8b\",\"max_completion_tokens\":64,\"n\":2,\"seed\": null,"
                        + "\"messages\":[{\"role\":\"developer\",\"content\":null},{\"role\":\"user\",\"content\":\"Hi\"}]}");

        assertThat(last(laptop).text())
                .isEqualTo("{\"model\":\"qwen3:8b\","
                        + "\"messages\":[{\"role\":\"system\",\"content\":\"\"},{\"role\":\"user\",\"content\":\"Hi\"}],"
                        + "\"max_tokens\":64}");
        assertThat(trace.dropped()).containsExactly("n");
    }

    @Test
    void a_block_that_ollama_does_not_know_is_told_and_leaves_words() throws Exception {
        RouteTrace trace = route(
                Dialect.ANTHROPIC_MESSAGES,
                "{\"model\":\"laptop/qwen3:8b\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":["
                        + "{\"type\":\"search_result\",\"source\":\"https://x\",\"title\":\"t\",\"content\":[]}]}]}");

        assertThat(last(laptop).path()).isEqualTo("/v1/messages");
        assertThat(last(laptop).text()).contains("[{\"type\":\"text\",\"text\":\"[search_result removed]\"}]");
        assertThat(trace.dropped()).containsExactly("search_result");
    }

    @Test
    void thoughts_of_a_conversation_have_the_name_that_ollama_reads() throws Exception {
        route(
                Dialect.OPENAI_CHAT,
                "{\"model\":\"laptop/qwen3:8b\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},"
                        + "{\"role\":\"assistant\",\"reasoning_content\":\"hm\",\"content\":\"x\"},{\"role\":\"user\",\"content\":\"y\"}]}");

        assertThat(last(laptop).text()).contains("{\"role\":\"assistant\",\"reasoning\":\"hm\",\"content\":\"x\"}");
    }

    @Test
    void thoughts_of_a_long_conversation_have_it_too() throws Exception {
        route(
                Dialect.OPENAI_CHAT,
                "{\"model\":\"laptop/qwen3:8b\",\"messages\":[{\"role\":\"user\",\"content\":\"" + "x".repeat(1_100_000)
                        + "\"},{\"role\":\"assistant\",\"reasoning_content\":\"hm\",\"content\":\"x\"},{\"role\":\"user\",\"content\":\"y\"}]}");

        assertThat(last(laptop).text()).contains("{\"role\":\"assistant\",\"reasoning\":\"hm\",\"content\":\"x\"}");
    }

    @Test
    void each_dialect_goes_to_its_own_path_and_keeps_its_bytes() throws Exception {
        String own =
                "{\"model\":\"qwen3:8b\",\"stream\":false,\"options\":{\"num_ctx\":  8192,\"temperature\":1.0},\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

        route(Dialect.OLLAMA_CHAT, own);

        assertThat(last(laptop).path()).isEqualTo("/api/chat");
        assertThat(last(laptop).text()).isEqualTo(own);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "openai.chat | {'model':'own/qwen3:8b','messages':[{'role':'user','content':'Hi'}]}",
                "openai.responses | {'model':'own/qwen3:8b','input':'Hi'}",
                "anthropic.messages | {'model':'own/qwen3:8b','max_tokens':9,'messages':[{'role':'user','content':'Hi'}]}",
                "ollama.chat | {'model':'own/qwen3:8b','stream':false,'messages':[{'role':'user','content':'Hi'}]}"
            })
    void every_chat_says_the_context_where_ollamas_own_api_is_spoken(String dialect, String json) throws Exception {
        try (Router own = Router.builder()
                .backend(
                        "own",
                        new OllamaBackendFactory(),
                        options -> options.with(HttpOptions.BASE_URL, laptop.uri())
                                .withPresent(OllamaBackendFactory.SPEAK, "ollama.chat")
                                .withPresent(OllamaBackendFactory.KEEP_ALIVE, "30m")
                                .with(OllamaBackendFactory.NUM_CTX, Map.of("*", 8192L)))
                .build()) {
            Dialect client = Dialect.KNOWN.stream()
                    .filter(each -> each.id().equals(dialect))
                    .findFirst()
                    .orElseThrow();
            try (RoutedResponse answer = own.route(RouteRequest.of(client, Body.of(json.replace('\'', '"'))))) {
                answer.text();
            }
        }

        assertThat(last(laptop).path()).isEqualTo("/api/chat");
        assertThat(last(laptop).text()).contains("\"num_ctx\":8192").contains("\"keep_alive\":\"30m\"");
    }

    @Test
    void a_tool_that_has_to_be_called_is_refused_as_ollama_would_not_listen() {
        String json =
                "{\"model\":\"laptop/qwen3:8b\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],"
                        + "\"tool_choice\":\"required\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

        Unroutable refused = catchThrowableOfType(Unroutable.class, () -> route(Dialect.OPENAI_CHAT, json));

        assertThat(refused.problem().status()).isEqualTo(501);
        assertThat(refused.problem().message()).contains("cannot do tool-choice");
    }

    @Test
    void older_clients_get_their_vector_from_the_path_they_ask() throws Exception {
        String json = "{\"model\":\"laptop/qwen3:8b\",\"prompt\":  \"Hi\"}";

        try (RoutedResponse answer = router.route(RouteRequest.of(Dialect.OLLAMA_EMBEDDINGS, Body.of(json)))) {
            assertThat(new String(answer.body().readAllBytes(), UTF_8)).startsWith("{\"embedding\":[");
        }
        assertThat(last(laptop).path()).isEqualTo("/api/embeddings");
        assertThat(last(laptop).text()).isEqualTo(json.replace("laptop/", ""));
    }

    private RouteTrace route(Dialect dialect, String json) throws Exception {
        try (RoutedResponse answer = router.route(RouteRequest.of(dialect, Body.of(json)))) {
            answer.text();
            return answer.trace();
        }
    }

    private static ReceivedRequest last(ScriptedOllama ollama) {
        return ollama.server().requests().stream()
                .filter(request ->
                        request.method().equals("POST") && !request.path().equals("/api/show"))
                .reduce((first, second) -> second)
                .orElseThrow();
    }
}
