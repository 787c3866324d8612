package dev.signalbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.api.BrokenOff;
import dev.signalbox.api.Exhausted;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.api.Unroutable;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was found wrong with other routers, and is right here as far as the server has a say in it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DefectsOfOthersTest {

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 402, 403, 404, 413, 422, 429, 500, 501, 502, 503, 504, 507, 508, 520, 529})
    void a_failure_keeps_its_status_and_comes_as_the_error_object_of_the_dialect(int status) throws Exception {
        FakeRouting router = FakeRouting.doing(request -> {
            throw new Exhausted(
                    Problem.passing(status, "some_code", "Some message.")
                            .retryAfter(Optional.of(Duration.ofSeconds(3))),
                    FakeRouting.trace());
        });
        try (Served server = Served.of(router)) {
            HttpResponse<String> openai = server.post("/v1/chat/completions", "{}");
            assertThat(openai.statusCode()).isEqualTo(status);
            assertThat(openai.headers().firstValue("Retry-After")).contains("3");
            assertThat(openai.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("application/json");
            assertThat(json(openai).at("/error/message").textValue()).isEqualTo("Some message.");
            HttpResponse<String> ollama = server.post("/api/chat", "{}");
            assertThat(ollama.statusCode()).isEqualTo(status);
            assertThat(json(ollama).path("error").textValue()).isEqualTo("Some message.");
            HttpResponse<String> anthropic = server.post("/v1/messages", "{}");
            assertThat(anthropic.statusCode()).isEqualTo(status);
            assertThat(anthropic.headers().firstValue("Retry-After")).contains("3");
            assertThat(json(anthropic).path("type").textValue()).isEqualTo("error");
            assertThat(json(anthropic).at("/error/message").textValue()).isEqualTo("Some message.");
        }
    }

    @Test
    void one_call_with_a_bad_key_is_one_call_because_clients_are_told_not_to_try_again() throws Exception {
        FakeRouting router = FakeRouting.doing(request -> {
            throw new Unroutable(
                    Problem.permanent(502, "upstream_unauthorized", "Our key is not taken."), FakeRouting.trace());
        });
        try (Served server = Served.of(router)) {
            assertThat(server.post("/v1/chat/completions", "{}").headers().firstValue("x-should-retry"))
                    .contains("false");
        }
    }

    @Test
    void a_stream_that_fails_in_its_middle_ends_with_an_error_frame_and_no_end_of_the_response() throws Exception {
        try (Configured all = Configured.by("backends: { echo: { type: echo, fail: { at: mid-stream } } }")) {
            Served.Cut answer = all.cut("echo/demo", "one two three four");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body())
                    .contains("data: {\"error\":{")
                    .endsWith("}}\n\n\r\n")
                    .doesNotContain("[DONE]");
        }
    }

    @Test
    void parameters_that_nobody_here_knows_reach_the_router_untouched() throws Exception {
        String asked = "{\"model\":\"m\",\"seed\":7,\"response_format\":{\"type\":\"json_object\"},\"n\":2,"
                + "\"presence_penalty\":0.10,\"user\":\"u\",\"parallel_tool_calls\":false,\"max_completion_tokens\":5,"
                + "\"logprobs\":true,\"logit_bias\":{\"50256\":-100},\"stream_options\":{\"include_usage\":true}}";
        FakeRouting router = FakeRouting.answering("{}");
        try (Served server = Served.of(router)) {
            server.post("/v1/chat/completions", asked);
            assertThat(router.body()).isEqualTo(asked);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":\"echo/demo\",\"stop\":\"x\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
                "{\"model\":\"echo/demo\",\"messages\":[{\"role\":\"developer\",\"content\":\"be kind\"},{\"role\":\"user\",\"content\":\"hi\"}]}",
                "{\"model\":\"echo/demo\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"system\",\"content\":\"b\"},{\"role\":\"user\",\"content\":\"hi\"}]}",
                "{\"model\":\"echo/demo\",\"messages\":[{\"role\":\"function\",\"name\":\"f\",\"content\":\"1\"},{\"role\":\"user\",\"content\":\"hi\"}]}",
            })
    void requests_that_official_clients_send_are_not_refused_for_their_shape(String asked) throws Exception {
        try (Configured all = Configured.by("backends: { echo: { type: echo } }")) {
            assertThat(all.server().post("/v1/chat/completions", asked).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void an_answer_that_makes_no_sense_is_a_failure_and_not_a_500_of_our_own() throws Exception {
        try (Configured all = Configured.by("backends: { echo: { type: echo, fail: { at: garbage } } }")) {
            assertThat(all.chat("echo/demo", "hello").statusCode()).isEqualTo(502);
            assertThat(all.stream("echo/demo", "hello").statusCode()).isEqualTo(502);
        }
    }

    @Test
    void a_truncated_stream_is_not_reported_as_a_clean_end() throws Exception {
        try (Configured all = Configured.by("backends: { echo: { type: echo, fail: { at: truncate } } }")) {
            assertThat(all.cut("echo/demo", "one two three four").body())
                    .contains("data: {\"error\":{")
                    .doesNotContain("[DONE]");
        }
    }

    @Test
    void an_answer_that_breaks_after_its_head_is_cut_and_not_ended() throws Exception {
        FakeRouting router = FakeRouting.doing(request -> FakeAnswer.json()
                .sends("{\"half\":\"" + "x".repeat(20_000))
                .breaks(new BrokenOff(Problem.passing(502, "broken_off", "It broke off."), FakeRouting.trace())));
        try (Served server = Served.of(router)) {
            assertThatThrownBy(() -> server.post("/v1/chat/completions", "{}")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void an_answer_that_breaks_before_its_head_is_an_honest_status() throws Exception {
        FakeRouting router = FakeRouting.doing(request -> FakeAnswer.json()
                .breaks(new BrokenOff(Problem.passing(502, "broken_off", "It broke off."), FakeRouting.trace())));
        try (Served server = Served.of(router)) {
            assertThat(server.post("/v1/chat/completions", "{}").statusCode()).isEqualTo(502);
        }
    }

    @Test
    void a_failure_before_the_first_word_of_a_stream_is_a_status_and_not_a_200_with_an_error_in_it() throws Exception {
        try (Configured all = Configured.by("backends: { echo: { type: echo, fail: { at: before-content } } }")) {
            HttpResponse<String> response = all.stream("echo/demo", "one two");
            assertThat(response.statusCode()).isGreaterThanOrEqualTo(500);
            assertThat(response.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("application/json");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"model\":\"echo/demo\",", "{\"model\":1,\"model\":2}", "not json"})
    void a_body_that_is_no_json_object_is_the_clients_mistake_and_said_to_be(String body) throws Exception {
        try (Configured all = Configured.by("backends: { echo: { type: echo } }")) {
            HttpResponse<String> response = all.server().post("/v1/chat/completions", body);
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.headers().firstValue("x-should-retry")).contains("false");
            assertThat(json(response).at("/error/message").textValue()).isNotBlank();
        }
    }

    @Test
    void there_are_keys_a_limit_for_bodies_and_one_for_requests_at_once() throws Exception {
        try (Configured all = Configured.by("""
                server: { max-body: 1KiB, max-requests: 2 }
                callers: { alice: { key: secret-of-alice } }
                backends: { echo: { type: echo } }
                """)) {
            assertThat(all.chat("echo/demo", "hello").statusCode()).isEqualTo(401);
            assertThat(all.chat("echo/demo", "hello", "x-api-key", "secret-of-alice")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(all.chat("echo/demo", "x".repeat(2000), "x-api-key", "secret-of-alice")
                            .statusCode())
                    .isEqualTo(413);
        }
    }

    @Test
    void an_error_shows_neither_targets_nor_what_servers_said_to_clients_that_may_not_see_it() throws Exception {
        try (Configured all = Configured.by("""
                expose: none
                backends: { hidden-name: { type: echo, fail: { kind: server-error } } }
                default: hidden-name/demo
                """)) {
            HttpResponse<String> response = all.chat("auto", "hello");
            assertThat(response.statusCode()).isGreaterThanOrEqualTo(500);
            assertThat(response.body()).doesNotContain("hidden-name");
            assertThat(response.headers().map().toString())
                    .doesNotContain("hidden-name")
                    .doesNotContainIgnoringCase("x-signalbox");
        }
    }

    private static JsonNode json(HttpResponse<String> response) throws Exception {
        return new ObjectMapper().readTree(response.body());
    }
}
