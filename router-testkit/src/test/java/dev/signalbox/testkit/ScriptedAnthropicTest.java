package dev.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ScriptedAnthropicTest {

    private static final String PATH = "/v1/messages";
    private static final String ASKED =
            "{\"model\":\"claude-test\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    private final ScriptedAnthropic cloud = ScriptedAnthropic.start();
    private final Asking client = new Asking(cloud.uri());

    @AfterEach
    void close() {
        client.close();
        cloud.close();
    }

    @Test
    void answers_whole_with_a_block_for_each_thing() throws Exception {
        cloud.says(Answer.saying("Hel", "lo").thinking("Let").calling("f", "{\"a\":1}"));

        Json message = Json.read(post(ASKED).body());

        assertThat(message.text("/type")).isEqualTo("message");
        assertThat(message.text("/content/0/thinking")).isEqualTo("Let");
        assertThat(message.text("/content/0/signature")).isNotEmpty();
        assertThat(message.text("/content/1/text")).isEqualTo("Hello");
        assertThat(message.at("/content/2/input")).map(Json::raw).contains("{\"a\":1}");
        assertThat(message.text("/stop_reason")).isEqualTo("tool_use");
    }

    @Test
    void names_the_events_of_a_stream_and_opens_no_block_before_the_last_is_stopped() throws Exception {
        cloud.says(Answer.saying("Hello").thinking("Let").calling("f", "{\"a\":1}"));

        List<String> events = Stream.of(
                        post(ASKED.replace("}]}", "}],\"stream\":true}")).body().split("\n\n"))
                .map(event -> event.lines().findFirst().orElseThrow().substring("event: ".length()))
                .toList();

        assertThat(String.join(" ", events).replace("content_block_", ""))
                .isEqualTo("message_start start delta delta stop start ping delta stop"
                        + " start delta delta delta stop message_delta message_stop");
    }

    @Test
    void tells_an_error_inside_a_stream_as_an_event() throws Exception {
        cloud.breaksAfter(3, "Overloaded");

        assertThat(post(ASKED.replace("}]}", "}],\"stream\":true}")).body())
                .endsWith("event: error\ndata: {\"type\":\"error\",\"error\":"
                        + "{\"type\":\"api_error\",\"message\":\"Overloaded\"}}\n\n");
    }

    @ParameterizedTest
    @CsvSource({"400,invalid_request_error", "413,request_too_large", "429,rate_limit_error", "529,overloaded_error"})
    void tells_an_error_by_its_type(int status, String type) throws Exception {
        cloud.refuses(status, "No.");

        HttpResponse<String> refused = post(ASKED);

        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(refused.body()).startsWith("{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\"");
        assertThat(refused.headers().firstValue("request-id")).isPresent();
    }

    @Test
    void wants_a_version_a_limit_messages_a_model_it_has_and_its_key() throws Exception {
        assertThat(client.post(PATH, ASKED).body()).contains("anthropic-version: header is required");
        assertThat(post(ASKED.replace("max_tokens", "most")).body()).contains("max_tokens: Field required");
        assertThat(post("{\"model\":\"claude-test\"}").body()).contains("messages: Field required");
        assertThat(post(ASKED.replace("claude-test", "claude-0")).statusCode()).isEqualTo(404);
        cloud.requiring("k-1");
        assertThat(post(ASKED).statusCode()).isEqualTo(401);
    }

    @Test
    void counts_and_takes_nothing_that_asks_for_an_answer() throws Exception {
        assertThat(post(PATH + "/count_tokens", ASKED).statusCode()).isEqualTo(400);
        assertThat(post(PATH + "/count_tokens", ASKED.replace("\"max_tokens\":9,", ""))
                        .body())
                .matches("\\{\"input_tokens\":\\d+}");
        assertThat(cloud.server().generations()).isZero();
    }

    @Test
    void lists_its_models_by_pages() throws Exception {
        cloud.serving("a", "b", "c");

        Json first = Json.read(get("/v1/models?limit=2").body());
        Json second = Json.read(get("/v1/models?limit=2&after_id=b").body());

        assertThat(first.items("/data")).hasSize(2);
        assertThat(first.flag("/has_more", false)).isTrue();
        assertThat(first.text("/last_id")).isEqualTo("b");
        assertThat(second.text("/data/0/id")).isEqualTo("c");
        assertThat(second.flag("/has_more", true)).isFalse();
    }

    private HttpResponse<String> post(String body) throws Exception {
        return post(PATH, body);
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return client.send(
                versioned(path).POST(HttpRequest.BodyPublishers.ofString(body)).build());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(versioned(path).build());
    }

    private HttpRequest.Builder versioned(String path) {
        return client.request(path).header("anthropic-version", "2023-06-01");
    }
}
