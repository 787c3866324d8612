package dev.signalbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.ScriptedServer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What other routers made of servers that misbehave, and what is made of them here: the next one of the chain is asked. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DefectsBehindOthersTest {

    private ScriptedServer first;
    private Configured all;

    @BeforeEach
    void start() throws Exception {
        first = ScriptedServer.start();
        all = Configured.by("""
                backends:
                  first: { type: openai, base-url: "%1$s/v1", models: [ m ], api-key: wrong-key }
                  second: { type: echo }
                  blind: { type: openai, base-url: "%1$s/v1", models: { m: { capabilities: { vision: no } } } }
                profiles:
                  coding: { chain: [ first/m, second/demo ] }
                  at-all-costs: { chain: [ first/m, second/demo ], fall-back-on: [ unauthorized ] }
                """.formatted(first.uri()));
    }

    @AfterEach
    void stop() {
        all.close();
        first.close();
    }

    private void firstSays(Reply reply) {
        first.on("/v1/chat/completions", reply);
    }

    private void theSecondAnswers(String profile, boolean streamed) throws Exception {
        HttpResponse<String> answer = streamed ? all.stream(profile, "hello") : all.chat(profile, "hello");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Signalbox-Target")).contains("second/demo");
        assertThat(answer.body()).contains("hello").doesNotContain("error");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 501, 502, 503, 504, 507, 520, 529})
    void a_status_that_another_server_may_not_have_is_no_end_of_the_chain(int status) throws Exception {
        firstSays(Reply.json(status, "{\"error\":{\"message\":\"not now\"}}"));
        theSecondAnswers("coding", false);
        theSecondAnswers("coding", true);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 402, 403})
    void a_key_that_is_refused_ends_the_chain_only_where_nobody_said_otherwise(int status) throws Exception {
        firstSays(Reply.json(status, "{\"error\":{\"message\":\"who are you?\"}}"));
        theSecondAnswers("at-all-costs", false);
        HttpResponse<String> answer = all.chat("coding", "hello");
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.headers().firstValue("x-should-retry")).contains("false");
        assertThat(answer.body()).contains("upstream_unauthorized").doesNotContain("wrong-key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "data: [DONE]\n\n",
                "data: {\"error\":{\"message\":\"engine died\"}}\n\ndata: [DONE]\n\n",
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\"}}]}\n\n",
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assis"
            })
    void a_stream_that_is_empty_or_an_error_is_no_answer(String stream) throws Exception {
        firstSays(Reply.stream("text/event-stream").chunk(stream));
        theSecondAnswers("coding", true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "data: [DONE]\n\n",
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\"}}]}\n\n",
            })
    void so_is_it_for_clients_of_anthropics_messages_who_never_see_half_a_message(String stream) throws Exception {
        firstSays(Reply.stream("text/event-stream").chunk(stream));
        String asked =
                "{\"model\":\"%s\",\"max_tokens\":9,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
        HttpResponse<String> answer = all.server().post("/v1/messages", asked.formatted("coding"));
        assertThat(answer.headers().firstValue("X-Signalbox-Target")).contains("second/demo");
        assertThat(answer.body())
                .containsSubsequence("event: message_start", "hello", "event: message_delta", "event: message_stop")
                .doesNotContain("event: error");

        HttpResponse<String> alone = all.server().post("/v1/messages", asked.formatted("first/m"));
        assertThat(alone.statusCode()).as(alone.body()).isEqualTo(502);
        assertThat(alone.body()).startsWith("{\"type\":\"error\"");
    }

    @Test
    void a_refusal_is_an_answer_streamed_or_not() throws Exception {
        String whole =
                "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":null,\"refusal\":\"No.\"},\"finish_reason\":\"stop\"}]}";
        firstSays(Reply.json(200, whole));
        assertThat(all.chat("coding", "hello").body()).isEqualTo(whole);

        String chunks =
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"refusal\":\"No.\"},\"finish_reason\":null}]}\n\n"
                        + "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
        firstSays(Reply.stream("text/event-stream").chunk(chunks));
        assertThat(all.stream("coding", "hello").body()).isEqualTo(chunks);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "{\"choices\":[]}", "{\"error\":\"out of order\"}", "<html>"})
    void an_answer_of_a_wrong_shape_is_no_answer(String document) throws Exception {
        firstSays(Reply.json(200, document));
        theSecondAnswers("coding", false);
    }

    @Test
    void a_redirection_is_not_followed_and_is_no_answer() throws Exception {
        firstSays(Reply.status(302)
                .header("Location", all.server().uri("/v1/models").toString()));
        theSecondAnswers("coding", false);
    }

    @Test
    void a_circle_that_the_next_router_has_noticed_is_told_as_one_and_not_tried_again() throws Exception {
        firstSays(Reply.json(508, "{\"error\":{\"message\":\"a backend leads back here\"}}"));
        HttpResponse<String> answer = all.chat("first/m", "hello");
        assertThat(answer.statusCode()).isEqualTo(508);
        assertThat(answer.headers().firstValue("x-should-retry")).contains("false");
        assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
        assertThat(answer.body()).contains("loop_detected", "leads back here");
    }

    @Test
    void what_nobody_can_do_is_a_501_that_names_it_and_nobody_is_asked() throws Exception {
        HttpResponse<String> answer = all.server()
                .post(
                        "/v1/chat/completions",
                        "{\"model\":\"blind/m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,aQ==\"}}]}]}");
        assertThat(answer.statusCode()).isEqualTo(501);
        assertThat(answer.headers().firstValue("x-should-retry")).contains("false");
        JsonNode error = new ObjectMapper().readTree(answer.body()).path("error");
        assertThat(error.path("type").textValue()).isEqualTo("not_supported");
        assertThat(error.path("code").textValue()).isEqualTo("capability_not_supported");
        assertThat(error.path("capability").textValue()).isEqualTo("vision");
        assertThat(error.path("message").textValue()).contains("vision");
        assertThat(first.requests()).extracting(request -> request.method()).doesNotContain("POST");
    }

    @Test
    void many_calls_are_one_connection() throws Exception {
        firstSays(
                Reply.json(
                        200,
                        "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"hi\"},\"finish_reason\":\"stop\"}]}"));
        all.chat("first/m", "hello");
        int connections = first.connections();
        for (int i = 0; i < 20; i++) {
            assertThat(all.chat("first/m", "hello").statusCode()).isEqualTo(200);
        }
        assertThat(first.connections()).isEqualTo(connections);
    }

    @Test
    void a_request_of_two_attempts_is_one_request() throws Exception {
        firstSays(Reply.status(500));
        theSecondAnswers("coding", false);
        JsonNode traces = new ObjectMapper()
                .readTree(all.server().get("/signalbox/traces").body())
                .path("traces");
        assertThat(traces).hasSize(1);
        assertThat(traces.get(0).path("target").textValue()).isEqualTo("second/demo");
    }

    @Test
    void a_server_that_comes_back_is_asked_again() throws Exception {
        firstSays(Reply.status(503));
        theSecondAnswers("coding", false);
        first.on(
                "/v1/chat/completions",
                Reply.json(
                        200,
                        "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"back\"},\"finish_reason\":\"stop\"}]}"));
        assertThat(all.chat("coding", "hello").body()).contains("back");
    }
}
