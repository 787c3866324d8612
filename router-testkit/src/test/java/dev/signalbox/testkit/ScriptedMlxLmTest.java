package dev.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ScriptedMlxLmTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String PATH = "/v1/chat/completions";
    private static final String CHAT =
            "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}".formatted(ScriptedMlx.MODEL);
    private static final String STREAM = with("\"stream\":true");

    private final ScriptedMlx mlx = ScriptedMlx.lm();

    @AfterEach
    void close() {
        mlx.close();
    }

    @Test
    void answers_as_HTTP_1_0_and_only_whole_completions_have_a_length() throws Exception {
        assertThat(get("/health"))
                .startsWith("HTTP/1.0 200 OK\r\nServer: BaseHTTP/0.6 Python/")
                .contains("\r\nContent-type: application/json\r\n")
                .doesNotContainIgnoringCase("content-length", "transfer-encoding")
                .endsWith("\r\n\r\n{\"status\": \"ok\"}");
        assertThat(get("/v1/models"))
                .doesNotContainIgnoringCase("content-length")
                .containsPattern("\\{\"object\": \"list\", \"data\": \\[\\{\"id\": \"[^\"]+\", \"object\": \"model\","
                        + " \"created\": \\d+}]}$");
        assertThat(post(STREAM)).doesNotContainIgnoringCase("content-length", "transfer-encoding");
        assertThat(post(CHAT)).startsWith("HTTP/1.0 200").contains("\r\nContent-Length: ");
    }

    @Test
    void every_delta_has_a_role_and_each_tool_call_is_whole_in_one() throws Exception {
        mlx.says(Answer.saying("Calling")
                .thinking("hm")
                .calling("a", "{\"x\":1}")
                .calling("b", "{}"));

        String reply = post(with("\"stream\":true,\"stream_options\":{\"include_usage\":true}"));

        assertThat(reply.substring(reply.indexOf("data: ")).split("\n\n"))
                .satisfiesExactly(
                        event -> assertThat(event)
                                .contains("\"delta\": {\"role\": \"assistant\", \"reasoning\": \"hm\"}"),
                        event -> assertThat(event).contains("{\"role\": \"assistant\", \"content\": \"Calling\"}"),
                        event -> assertThat(event)
                                .contains("\"name\": \"a\", \"arguments\": \"{\\\"x\\\":1}\"", "\"index\": 0}]}"),
                        event -> assertThat(event).contains("\"name\": \"b\"", "\"index\": 1}]}"),
                        event -> assertThat(event)
                                .contains("\"finish_reason\": \"tool_calls\", \"delta\": {\"role\": \"assistant\"}"),
                        event -> assertThat(event).contains("\"object\": \"chat.completion\",", "\"choices\": []"),
                        event -> assertThat(event).isEqualTo("data: [DONE]"));
    }

    @Test
    void comments_on_the_prompt_before_it_says_anything() throws Exception {
        Gate gate = Gate.closed();
        mlx.keepingAlive(2).generatingFor(gate);

        try (RawClient client = new RawClient(mlx.server())) {
            client.send(RawClient.post(PATH, STREAM));
            assertThat(client.until("200/200\n\n")).endsWith("\r\n\r\n: keepalive 100/200\n\n: keepalive 200/200\n\n");
            gate.open();
            assertThat(client.all()).startsWith("data: ").endsWith("data: [DONE]\n\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"temperature\":null",
                "\"top_p\":null",
                "\"max_tokens\":null",
                "\"stream\":null",
                "\"temperature\":\"x\"",
                "\"max_tokens\":100.0",
                "\"logprobs\":3",
                "\"top_logprobs\":12",
                "\"xtc_probability\":0"
            })
    void says_nothing_at_all_to_what_it_does_not_like(String member) throws Exception {
        assertThat(post(with(member))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"seed\":null",
                "\"logit_bias\":null",
                "\"max_completion_tokens\":null",
                "\"stop\":null",
                "\"temperature\":1",
                "\"user\":\"u\"",
                "\"response_format\":{\"type\":\"json_object\"}"
            })
    void takes_or_ignores_the_rest(String member) throws Exception {
        assertThat(post(with(member))).contains("All signals are green.");
    }

    @Test
    void says_nothing_to_a_chat_without_messages_or_a_name_that_is_null() throws Exception {
        assertThat(post("{\"model\":\"m\"}")).isEmpty();
        assertThat(post(CHAT.replace("\"" + ScriptedMlx.MODEL + "\"", "null"))).isEmpty();
    }

    @Test
    void a_stream_with_options_that_say_nothing_of_usage_lacks_its_end() throws Exception {
        assertThat(post(with("\"stream\":true,\"stream_options\":{}")))
                .contains("\"finish_reason\": \"stop\"")
                .doesNotContain("[DONE]");
    }

    @Test
    void tells_what_is_wrong_in_four_words_or_in_plain_text() throws Exception {
        assertThat(post("{")).startsWith("HTTP/1.0 400").contains("{\"error\": \"Invalid JSON in request body: ");
        assertThat(post("[]")).contains("{\"error\": \"Request should be a JSON dictionary\"}");
        assertThat(RawClient.post(mlx.server(), "/v1/embeddings", "{}"))
                .startsWith("HTTP/1.0 404")
                .contains("application/json")
                .endsWith("\r\n\r\nNot Found");
        assertThat(raw("POST " + PATH + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.0 411")
                .endsWith("{\"error\": \"Content-Length header is required\"}");
        assertThat(raw("HEAD /v1/models HTTP/1.1\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.0 501");
        assertThat(raw("OPTIONS " + PATH + " HTTP/1.1\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.0 204");
    }

    @Test
    void takes_its_paths_literally() throws Exception {
        assertThat(get("/health?x=1")).startsWith("HTTP/1.0 404");
        assertThat(RawClient.post(mlx.server(), PATH + "/", CHAT)).startsWith("HTTP/1.0 404");
        assertThat(get("/v1/models/org/none")).endsWith("{\"object\": \"list\", \"data\": []}");
    }

    @Test
    void would_download_whatever_it_is_asked_for() throws Exception {
        assertThat(post(CHAT.replace(ScriptedMlx.MODEL, "org/other")))
                .startsWith("HTTP/1.0 404")
                .endsWith("{\"error\": \"Repo id must be ... 'org/other' not found\"}");
        post(with("\"draft_model\":\"org/draft\""));

        assertThat(mlx.downloads()).containsExactly("org/other", "org/draft");
    }

    @Test
    void swaps_models_and_calls_its_own_by_any_name_but_another() throws Exception {
        mlx.serving("org/a", "org/b");

        post(CHAT.replace(ScriptedMlx.MODEL, "default_model"));
        post(CHAT.replace(ScriptedMlx.MODEL, "org/a"));
        post(CHAT.replace(ScriptedMlx.MODEL, "org/b"));
        post(CHAT.replace(ScriptedMlx.MODEL, "org/a"));

        assertThat(mlx.loads()).containsExactly("org/a", "org/b", "org/a");
    }

    @Test
    void fails_before_generating_with_404_and_afterwards_without_a_word() throws Exception {
        mlx.refuses(404, "[malloc] Unable to allocate 17179869184 bytes.");
        assertThat(post(CHAT)).contains("{\"error\": \"[malloc] Unable to allocate");
        mlx.recovers();

        mlx.breaksAfter(2, "lost");
        assertThat(post(CHAT)).isEmpty();
        assertThat(post(STREAM)).contains("\" signals\"").doesNotContain("\" are\"", "[DONE]", "lost");
        mlx.recovers();

        assertThat(post(CHAT.replace("\"hi\"", "[{\"type\":\"image_url\",\"image_url\":{\"url\":\"x\"}}]")))
                .startsWith("HTTP/1.0 404")
                .contains("Only 'text' content type is supported.");
    }

    @Test
    void is_healthy_while_it_loads_and_when_it_generates_no_more() throws Exception {
        Gate gate = Gate.closed();
        mlx.loadingFor(gate);
        try (RawClient client = new RawClient(mlx.server())) {
            client.send(RawClient.post(PATH, STREAM));
            assertThat(gate.reached()).succeedsWithin(LIMIT);
            assertThat(get("/health")).contains("ok");
            gate.open();
            assertThat(client.all()).contains("[DONE]");
        }
        mlx.dies();
        try (RawClient client = new RawClient(mlx.server())) {
            client.send(RawClient.post(PATH, STREAM));
            mlx.server().request(2);
            assertThat(get("/health")).contains("ok");
        }
        assertThat(mlx.server().request(2).clientLeft()).succeedsWithin(LIMIT);
    }

    @Test
    void goes_on_when_the_client_has_left() throws Exception {
        Gate gate = Gate.closed();
        mlx.generatingFor(gate);
        try (RawClient client = new RawClient(mlx.server())) {
            client.send(RawClient.post(PATH, CHAT));
            assertThat(gate.reached()).succeedsWithin(LIMIT);
        }
        assertThat(mlx.server().request(0).clientLeft()).succeedsWithin(LIMIT);

        assertThat(mlx.server().running()).isEqualTo(1);
        gate.open();
        while (mlx.server().running() > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void completes_text_too() throws Exception {
        String request = "{\"model\":\"default_model\",\"prompt\":\"x\"}";

        assertThat(RawClient.post(mlx.server(), "/v1/completions", request))
                .contains("\"object\": \"text_completion\"", "\"finish_reason\": \"stop\", \"text\": \"All signals");
        assertThat(RawClient.post(mlx.server(), "/v1/completions", request.replace("\"x\"}", "\"x\",\"stream\":true}")))
                .contains("\"finish_reason\": null, \"text\": \"All\"}]}", "data: [DONE]");
    }

    private static String with(String member) {
        return CHAT.replaceFirst("}$", "," + member + "}");
    }

    private String post(String body) throws IOException {
        return RawClient.post(mlx.server(), PATH, body);
    }

    private String get(String path) throws IOException {
        return raw("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
    }

    private String raw(String request) throws IOException {
        try (RawClient client = new RawClient(mlx.server())) {
            return client.send(request).all();
        }
    }
}
