package dev.signalbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.ScriptedServer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What clients of each dialect get from a server that speaks another one, and does it badly. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BehindTranslationTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OF_OPENAI =
            "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Hi\"}}]}\n\n";
    private static final String OF_ANTHROPIC = """
            event: message_start
            data: {"type":"message_start","message":{"id":"m","type":"message","role":"assistant","content":[]}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi"}}

            """;

    /** Somebody who asks a server of another API. */
    enum Client {
        MESSAGES("/v1/messages", "chat", "\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]"),
        RESPONSES("/v1/responses", "chat", "\"input\":\"Hi\""),
        OLLAMA_CHAT("/api/chat", "chat", "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]"),
        OLLAMA_GENERATE("/api/generate", "chat", "\"prompt\":\"Hi\""),
        CHAT("/v1/chat/completions", "claude", "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]");

        private final String path;
        private final String backend;
        private final String said;

        Client(String path, String backend, String said) {
            this.path = path;
            this.backend = backend;
            this.said = said;
        }

        String asks(boolean streamed) {
            return "{\"model\":\"%s/m\",\"stream\":%s,%s}".formatted(backend, streamed, said);
        }

        /** How its stream ends well. */
        String end() {
            return switch (this) {
                case MESSAGES -> "message_stop";
                case RESPONSES -> "response.completed";
                case OLLAMA_CHAT, OLLAMA_GENERATE -> "\"done\":true";
                case CHAT -> "[DONE]";
            };
        }

        /** How a frame begins that tells of an error. */
        String error() {
            return switch (this) {
                case MESSAGES -> "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"";
                case RESPONSES -> "event: error\ndata: {\"error\":{";
                case OLLAMA_CHAT, OLLAMA_GENERATE -> "{\"error\":\"";
                case CHAT -> "data: {\"error\":{\"message\":\"";
            };
        }

        /** Where the message of an error is that is a whole answer. */
        String message() {
            return this == OLLAMA_CHAT || this == OLLAMA_GENERATE ? "/error" : "/error/message";
        }

        String begin() {
            return backend.equals("chat") ? OF_OPENAI : OF_ANTHROPIC;
        }
    }

    private static final Map<String, UnaryOperator<Reply>> BREAKS = Map.of(
            "cut", Reply::thenTruncates,
            "reset", Reply::thenResets,
            "end without a finish", reply -> reply,
            "no JSON", reply -> reply.chunk("data: {\"choices\":[{\"de\n\n"),
            "no event", reply -> reply.chunk("proxy error: Failed to read connection\n\n"),
            "a page", reply -> reply.chunk("data: <html><h1>502 Bad Gateway</h1></html>\n\n"),
            "an error", reply -> reply.chunk("data: {\"error\":{\"message\":\"boom\",\"code\":500}}\n\n"),
            "bytes", reply -> reply.chunk(new byte[] {'d', 'a', 't', 'a', ':', (byte) 0xff, (byte) 0xfe, '\n', '\n'}));

    private static final List<String> NO_ANSWERS = List.of(
            "{\"error\":{\"message\":\"boom\"}}",
            "{\"error\":\"boom\"}",
            "{\"detail\":\"boom\"}",
            "{}",
            "[]",
            "null",
            "<html>",
            "");

    private final ScriptedServer upstream = ScriptedServer.start();
    private Configured router;

    @BeforeEach
    void configure() throws Exception {
        router = Configured.by("""
                backends:
                  chat: { type: openai, base-url: "%1$s/v1", dialects: [ openai.chat ], models: [ m ] }
                  claude: { type: anthropic, base-url: "%1$s", models: [ m ] }
                """.formatted(upstream.uri()));
    }

    @AfterEach
    void close() {
        router.close();
        upstream.close();
    }

    static Stream<String> breaks() {
        return BREAKS.keySet().stream().sorted();
    }

    /** All clients at once: each is given a second to read its error before it is cut off. */
    @ParameterizedTest
    @MethodSource("breaks")
    void a_stream_that_goes_wrong_ends_with_an_error_and_is_cut(String how) throws Exception {
        upstream.otherwise(request ->
                BREAKS.get(how).apply(Reply.stream("text/event-stream").chunk(begin(request.path()))));

        Map<Client, Future<Served.Cut>> cuts = new EnumMap<>(Client.class);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Client client : Client.values()) {
                cuts.put(client, threads.submit(() -> router.server().cut(client.path, client.asks(true))));
            }
        }

        for (Client client : Client.values()) {
            Served.Cut cut = cuts.get(client).get();
            assertThat(cut.status()).as(client.path).isEqualTo(200);
            assertThat(cut.body())
                    .contains("Hi")
                    .containsOnlyOnce(client.error())
                    .doesNotContain(client.end());
            assertThat(cut.body().substring(cut.body().lastIndexOf("Hi"))).contains(client.error());
        }
    }

    private static String begin(String path) {
        return path.endsWith("/messages") ? OF_ANTHROPIC : OF_OPENAI;
    }

    static Stream<Arguments> noAnswers() {
        return Stream.of(Client.values())
                .flatMap(client -> NO_ANSWERS.stream().map(answer -> Arguments.of(client, answer)));
    }

    @ParameterizedTest
    @MethodSource("noAnswers")
    void what_is_no_answer_is_an_error_in_the_clients_shape(Client client, String answer) throws Exception {
        upstream.otherwise(request -> Reply.json(200, answer));

        for (boolean streamed : new boolean[] {false, true}) {
            HttpResponse<String> response = router.server().post(client.path, client.asks(streamed));

            assertThat(response.statusCode()).as(response.body()).isEqualTo(502);
            JsonNode told = JSON.readTree(response.body());
            assertThat(told.at(client.message()).asText()).isNotBlank();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_client_that_leaves_ends_the_generation(Client client) throws Exception {
        upstream.otherwise(request ->
                Reply.stream("text/event-stream").chunk(client.begin()).thenStalls());

        try (WireClient wire = router.server().connect().post(client.path, client.asks(true))) {
            wire.readUntil("Hi");
        }

        assertThat(upstream.clientLeft()).succeedsWithin(SOON);
    }
}
