package dev.signalbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class WholeTest {

    private static final String CHAIN = """
            backends:
              shaky: { type: echo, fail: { kind: overloaded } }
              good: { type: echo }
            profiles:
              coding: { chain: [ shaky/demo, good/demo ] }
            aliases: { gpt-4o: coding, quick: good/demo }
            default: coding
            """;

    @Test
    void answers_and_says_what_it_did() throws Exception {
        try (Configured all = Configured.by(CHAIN)) {
            HttpResponse<String> response = all.chat("gpt-4o", "Say hello");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(json(response).at("/choices/0/message/content").textValue())
                    .isEqualTo("Say hello");
            assertThat(response.headers().firstValue("X-Signalbox-Target")).contains("good/demo");
            assertThat(response.headers().firstValue("X-Signalbox-Steps"))
                    .contains("shaky/demo=overloaded, good/demo=answered");
            assertThat(response.headers().firstValue("x-request-id")).isPresent();
        }
    }

    @Test
    void streams_in_every_dialect_it_serves() throws Exception {
        try (Configured all = Configured.by(CHAIN)) {
            assertThat(all.stream("quick", "one two").body())
                    .startsWith("data: ")
                    .endsWith("data: [DONE]\n\n");
            HttpResponse<String> ollama = all.server()
                    .post(
                            "/api/chat",
                            "{\"model\":\"quick\",\"messages\":[{\"role\":\"user\",\"content\":\"one two\"}]}");
            assertThat(ollama.headers().firstValue("Content-Type").orElseThrow())
                    .contains("application/x-ndjson");
            assertThat(ollama.body()).contains("\"done\":true");
            assertThat(all.server()
                            .post("/api/generate", "{\"model\":\"quick\",\"prompt\":\"one\"}")
                            .body())
                    .contains("\"done\":true");
            HttpResponse<String> embedded =
                    all.server().post("/v1/embeddings", "{\"model\":\"quick\",\"input\":[\"one\",\"two\"]}");
            assertThat(json(embedded).path("data")).hasSize(2);
            HttpResponse<String> completed =
                    all.server().post("/v1/completions", "{\"model\":\"quick\",\"prompt\":\"one\"}");
            assertThat(json(completed).at("/choices/0/text").textValue()).contains("one");
        }
    }

    @Test
    void a_stream_that_fails_before_its_first_word_is_an_honest_status_or_another_targets_answer() throws Exception {
        try (Configured all = Configured.by("""
                backends:
                  early: { type: echo, fail: { kind: server-error, at: before-content } }
                  good: { type: echo }
                profiles: { both: { chain: [ early/demo, good/demo ] } }
                """)) {
            assertThat(all.stream("early/demo", "one two").statusCode()).isGreaterThanOrEqualTo(500);
            HttpResponse<String> second = all.stream("both", "one two");
            assertThat(second.statusCode()).isEqualTo(200);
            assertThat(second.body()).endsWith("data: [DONE]\n\n");
        }
    }

    @Test
    void a_stream_that_breaks_ends_with_an_error_and_not_as_if_all_were_said() throws Exception {
        try (Configured all = Configured.by("""
                backends:
                  broken: { type: echo, fail: { at: mid-stream } }
                  cut: { type: echo, fail: { at: truncate } }
                """)) {
            assertThat(all.cut("broken/demo", "one two three four").body())
                    .contains("data: {\"error\":{")
                    .doesNotContain("[DONE]");
            assertThat(all.cut("cut/demo", "one two three four").body())
                    .contains("data: {\"error\":{")
                    .doesNotContain("[DONE]");
        }
    }

    @Test
    void lists_models_and_targets_and_is_ready() throws Exception {
        try (Configured all = Configured.by(CHAIN)) {
            await().until(() -> all.server().get("/health/ready").statusCode() == 200);
            assertThat(json(all.server().get("/v1/models")).path("data").findValuesAsText("id"))
                    .contains("good/demo", "coding", "gpt-4o");
            assertThat(json(all.server().get("/signalbox/targets"))
                            .path("targets")
                            .findValuesAsText("target"))
                    .contains("shaky/demo", "good/demo");
        }
    }

    @Test
    void an_unknown_model_is_told_with_the_nearest_name() throws Exception {
        try (Configured all = Configured.by(CHAIN)) {
            await().until(() -> all.server().get("/health/ready").statusCode() == 200);
            HttpResponse<String> response = all.chat("codign", "hello");
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.body()).contains("model_not_found").contains("coding");
        }
    }

    private static JsonNode json(HttpResponse<String> response) throws Exception {
        return new ObjectMapper().readTree(response.body());
    }
}
