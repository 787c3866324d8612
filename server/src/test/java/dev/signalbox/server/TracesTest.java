package dev.signalbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TracesTest {

    private final Configured all = configured();

    private static Configured configured() {
        try {
            return Configured.by("""
            backends:
              shaky: { type: echo, fail: { kind: overloaded } }
              good: { type: echo }
            profiles:
              coding: { chain: [ shaky/demo, good/demo ] }
            aliases: { gpt-4o: coding }
            default: coding
            """);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @AfterEach
    void stop() {
        all.close();
    }

    @Test
    void the_trace_of_an_answer_is_found_by_the_id_in_its_headers() throws Exception {
        HttpResponse<String> answer = all.chat("gpt-4o", "a secret of mine");
        String id = answer.headers().firstValue("X-Signalbox-Trace").orElseThrow();
        HttpResponse<String> found = all.server().get("/signalbox/traces/" + id);
        JsonNode trace = json(found);
        assertThat(trace.path("chosen_by").textValue()).isEqualTo("alias \"gpt-4o\"");
        assertThat(trace.path("outcome").textValue()).isEqualTo("answered");
        assertThat(trace.path("target").textValue()).isEqualTo("good/demo");
        assertThat(trace.path("chain").findValuesAsText("target")).containsExactly("shaky/demo", "good/demo");
        assertThat(trace.path("steps").findValuesAsText("what")).containsExactly("overloaded", "answered");
        assertThat(trace.path("edits").toString()).contains("replace /model");
        assertThat(found.body()).doesNotContain("secret");
    }

    @Test
    void the_last_ones_are_listed() throws Exception {
        all.chat("gpt-4o", "one");
        all.chat("nobody", "two");
        JsonNode traces = json(all.server().get("/signalbox/traces")).path("traces");
        assertThat(traces.findValuesAsText("model")).containsExactly("nobody", "gpt-4o");
        assertThat(traces.findValuesAsText("outcome").getLast()).isEqualTo("answered");
    }

    @Test
    void one_that_is_gone_is_told_as_such() throws Exception {
        HttpResponse<String> gone = all.server().get("/signalbox/traces/0123");
        assertThat(gone.statusCode()).isEqualTo(404);
        assertThat(gone.body()).contains("trace_not_found", "0123", "traces");
    }

    @Test
    void an_explanation_says_where_a_request_would_go_and_sends_nothing() throws Exception {
        JsonNode explained = json(all.server().post("/signalbox/explain", """
                {"model":"gpt-4o","messages":[{"role":"user","content":"Hi"}]}"""));
        assertThat(explained.path("chosen_by").textValue()).isEqualTo("alias \"gpt-4o\"");
        assertThat(explained.path("chain").findValuesAsText("verdict")).containsExactly("admitted", "admitted");
        assertThat(explained.at("/chain/0/edits/0").textValue()).isEqualTo("replace /model");
        assertThat(explained.path("steps")).isEmpty();
        assertThat(explained.has("outcome")).isFalse();
        assertThat(json(all.server().get("/signalbox/traces")).path("traces")).isEmpty();
    }

    @Test
    void an_explanation_takes_any_dialect() throws Exception {
        JsonNode explained = json(all.server().post("/signalbox/explain?dialect=ollama.generate", """
                {"model":"gpt-4o","prompt":"Hi"}"""));
        assertThat(explained.path("dialect").textValue()).isEqualTo("ollama.generate");
        HttpResponse<String> odd = all.server().post("/signalbox/explain?dialect=openai.chta", "{}");
        assertThat(odd.statusCode()).isEqualTo(400);
        assertThat(odd.body()).contains("unknown_dialect", "openai.chat");
    }

    @Test
    void what_would_be_refused_is_explained_with_its_status() throws Exception {
        JsonNode explained = json(all.server().post("/signalbox/explain", "{\"model\":7}"));
        assertThat(explained.at("/problem/status").intValue()).isEqualTo(400);
        assertThat(explained.at("/problem/message").textValue()).contains("model");
    }

    private static JsonNode json(HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new ObjectMapper().readTree(response.body());
    }
}
