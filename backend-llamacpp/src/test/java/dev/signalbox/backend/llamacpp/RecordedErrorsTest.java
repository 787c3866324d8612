package dev.signalbox.backend.llamacpp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.api.Body;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.RouteException;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.backend.http.HttpOptions;
import dev.signalbox.core.ErrorReply;
import dev.signalbox.core.Router;
import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.ScriptedLlamaServer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Errors and counts as a llama-server sent them, byte for byte, each told to a client of every dialect. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RecordedErrorsTest {

    private static final List<Dialect> CLIENTS =
            List.of(Dialect.OPENAI_CHAT, Dialect.OPENAI_RESPONSES, Dialect.ANTHROPIC_MESSAGES, Dialect.OLLAMA_CHAT);

    private final ScriptedLlamaServer llama = ScriptedLlamaServer.start().serving("qwen", 4096);
    private final Router router = Router.builder()
            .backend("desk", new LlamaCppBackendFactory(), options -> options.with(HttpOptions.BASE_URL, llama.uri()))
            .build();

    @AfterEach
    void end() {
        router.close();
        llama.close();
    }

    static Stream<Arguments> pages() {
        return Stream.of(
                page(
                        400,
                        "{\"error\":{\"code\":400,\"message\":\"'messages' is required\",\"type\":\"invalid_request_error\"}}",
                        400,
                        "'messages' is required"),
                page(
                        500,
                        "{\"error\":{\"code\":500,\"message\":\"'messages' is required\",\"type\":\"server_error\"}}",
                        400,
                        "'messages' is required"),
                page(
                        500,
                        "{\"error\":{\"code\":500,\"message\":\"got exception: Unexpected empty grammar stack after accepting piece: <tool_call>\\n{\\\"name\\\": \\\"get_weather\\\", \\\"arguments\\\":  (341)\",\"type\":\"server_error\"}}",
                        500,
                        "Unexpected empty grammar stack"),
                page(
                        500,
                        "{\"error\":{\"code\":500,\"message\":\"[json.exception.parse_error.101] parse error at line 1, column 1: attempting to parse an empty input; check that your input string or stream contains the expected JSON\",\"type\":\"server_error\"}}",
                        400,
                        "attempting to parse an empty input"),
                page(
                        400,
                        "{\"error\":{\"code\":400,\"message\":\"request (24085 tokens) exceeds the available context size (2048 tokens), try increasing it\",\"type\":\"exceed_context_size_error\",\"n_prompt_tokens\":24085,\"n_ctx\":2048}}",
                        400,
                        "exceeds the available context size (2048 tokens)"),
                page(
                        401,
                        "{\"error\":{\"message\":\"Invalid API Key\",\"type\":\"authentication_error\",\"code\":401}}",
                        502,
                        "Invalid API Key"),
                page(
                        404,
                        "{\"error\":{\"message\":\"File Not Found\",\"type\":\"not_found_error\",\"code\":404}}",
                        503,
                        "File Not Found"),
                page(
                        400,
                        "{\"error\":{\"code\":400,\"message\":\"model 'nope' not found\",\"type\":\"invalid_request_error\"}}",
                        503,
                        "model 'nope' not found"),
                page(
                        500,
                        "{\"error\":{\"code\":500,\"message\":\"model name=broken failed to load\",\"type\":\"server_error\"}}",
                        503,
                        "failed to load"),
                page(
                        501,
                        "{\"error\":{\"code\":501,\"message\":\"This server does not support embeddings. Start it with `--embeddings`\",\"type\":\"not_supported_error\"}}",
                        501,
                        "does not support embeddings"),
                page(
                        503,
                        "{\"error\":{\"code\":503,\"message\":\"no slot available\",\"type\":\"unavailable_error\"}}",
                        503,
                        "no slot available"));
    }

    private static Arguments page(int status, String page, int told, String words) {
        return Arguments.of(status, page, told, words);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void every_client_is_told_in_its_own_shape(int status, String page, int told, String words) throws Exception {
        for (String path : List.of("/v1/chat/completions", "/v1/messages", "/v1/responses")) {
            llama.server().on(path, Reply.json(status, page));
        }
        for (Dialect client : CLIENTS) {
            for (boolean streamed : new boolean[] {false, true}) {
                ErrorReply error = ErrorReply.of(client, refused(client, streamed));

                boolean full = client.equals(Dialect.ANTHROPIC_MESSAGES) && words.contains("slot");
                assertThat(error.status())
                        .as("%s, streamed: %s", client, streamed)
                        .isEqualTo(full ? 529 : told);
                assertThat(message(client, error)).contains(words);
            }
        }
    }

    private RouteException refused(Dialect client, boolean streamed) {
        String body = "{\"model\":\"desk/qwen\",\"max_tokens\":9,\"stream\":" + streamed
                + ",\"input\":\"Hi\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        return catchThrowableOfType(RouteException.class, () -> {
            try (RoutedResponse answer = router.route(RouteRequest.of(client, Body.of(body)))) {
                answer.text();
            }
        });
    }

    private static String message(Dialect client, ErrorReply error) throws Exception {
        JsonNode body = new ObjectMapper().readTree(error.body());
        return body.at(client.family().equals("ollama") ? "/error" : "/error/message")
                .asText();
    }

    @Test
    void a_count_is_told_as_it_is() throws Exception {
        llama.server().on("/v1/messages/count_tokens", Reply.json(200, "{\"input_tokens\":92}"));
        try (RoutedResponse first = router.route(RouteRequest.chatStream("desk/qwen", "Say hello"))) {
            first.text(); // by now it is known that the model is in memory
        }
        String body = "{\"model\":\"desk/qwen\",\"messages\":[{\"role\":\"user\",\"content\":\"Say hello\"}]}";

        try (RoutedResponse answer = router.route(RouteRequest.of(Dialect.ANTHROPIC_COUNT_TOKENS, Body.of(body)))) {
            assertThat(new String(answer.body().readAllBytes(), UTF_8))
                    .isEqualToIgnoringWhitespace("{\"input_tokens\":92}");
            assertThat(answer.headers().first("X-Signalbox-Estimated")).isEmpty();
        }
    }
}
