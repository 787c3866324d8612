package dev.signalbox.examples.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.testkit.Answer;
import dev.signalbox.testkit.ScriptedRuntime;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Codex in front of servers none of which speaks responses: chats of OpenAI's, messages, and chats of Ollama's. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CodexTest {

    private static final String OLLAMA = """
            backends:
              laptop: { type: ollama, base-url: "http://localhost:11434", dialects: [ ollama.chat ] }
            """;
    private static final String MODEL = "gpt-5-codex";

    private Served signalbox;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        signalbox = Served.page("codex", folder, OLLAMA);
        Answer answer = Answer.saying("I", " look.")
                .calling("exec_command", "{\"cmd\":\"ls\"}")
                .calling("update_plan", "{\"plan\":[]}")
                .using(9_000, 42);
        servers().forEach(server -> server.says(answer));
    }

    private Stream<ScriptedRuntime> servers() {
        return Stream.of(
                signalbox.neighbours().spare(),
                signalbox.neighbours().anthropic(),
                signalbox.neighbours().laptop());
    }

    @AfterEach
    void stop() {
        signalbox.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpu/qwen3-coder-30b", "cloud/claude-sonnet-4-5", "laptop/qwen3-coder:30b"})
    void has_turns_streamed_with_calls_and_what_came_of_them(String target) throws Exception {
        HttpResponse<String> answer =
                signalbox.answered(Recording.of("codex/turn").with(MODEL, target));
        assertThat(Served.target(answer)).isEqualTo(target);
        JsonNode response = StreamedResponse.of(answer.body());
        assertThat(response.path("output").findValuesAsText("type"))
                .containsSubsequence("message", "function_call", "function_call");
        assertThat(StreamedResponse.text(response)).isEqualTo("I look.");
        assertThat(response.path("output").findValuesAsText("name")).containsExactly("exec_command", "update_plan");
        assertThat(response.path("output").findValuesAsText("arguments"))
                .extracting(Event::json)
                .containsExactly(Event.json("{\"cmd\":\"ls\"}"), Event.json("{\"plan\":[]}"));
        assertThat(response.at("/usage/input_tokens").asInt()).isEqualTo(9_000);
        assertThat(response.at("/usage/total_tokens").asInt()).isEqualTo(9_042);

        servers().forEach(server -> server.says(Answer.saying("a.txt", " and b.txt")));
        Recording results = Recording.of("codex/results").with(MODEL, target);
        String said = response.path("output").toString();
        for (int call = 1; call <= 2; call++) {
            String id = response.path("output").findValuesAsText("call_id").get(call - 1);
            results = results.with("CALL_" + call, id);
        }
        HttpResponse<String> last = signalbox.answered(results.with("SAID", said.substring(1, said.length() - 1)));
        assertThat(StreamedResponse.text(StreamedResponse.of(last.body()))).isEqualTo("a.txt and b.txt");
    }

    @Test
    void has_its_words_and_results_told_in_order() throws Exception {
        JsonNode response = StreamedResponse.of(
                signalbox.answered(Recording.of("codex/turn")).body());
        String said = response.path("output").toString();
        signalbox.answered(Recording.of("codex/results")
                .with(
                        "CALL_1",
                        response.path("output").findValuesAsText("call_id").getFirst())
                .with(
                        "CALL_2",
                        response.path("output").findValuesAsText("call_id").getLast())
                .with("SAID", said.substring(1, said.length() - 1)));
        JsonNode messages = Served.asked(signalbox.neighbours().spare()).path("messages");
        assertThat(messages.findValuesAsText("role"))
                .containsExactly("system", "developer", "user", "user", "assistant", "tool", "tool");
        assertThat(messages.get(5).path("tool_call_id")).isEqualTo(messages.at("/4/tool_calls/0/id"));
        assertThat(messages.get(5).toString()).contains("a.txt\\nb.txt\\n");
        assertThat(messages.get(6).path("tool_call_id")).isEqualTo(messages.at("/4/tool_calls/1/id"));
    }

    @Test
    void is_told_which_of_its_tools_were_left_out() throws Exception {
        HttpResponse<String> answer = signalbox.answered(Recording.of("codex/turn"));
        assertThat(Served.dropped(answer))
                .contains("web_search")
                .doesNotContain("custom", "namespace", "prompt_cache_key");
        assertThat(Served.asked(signalbox.neighbours().spare()).path("tools").findValuesAsText("name"))
                .contains("exec_command", "update_plan", "apply_patch", "mcp__notes__find");
    }

    @Test
    void is_told_of_calls_as_it_knows_its_tools() throws Exception {
        signalbox
                .neighbours()
                .spare()
                .says(Answer.saying("I mend it.")
                        .calling("apply_patch", "{\"input\":\"*** Begin Patch\"}")
                        .calling("mcp__notes__find", "{\"words\":\"signal\"}"));
        JsonNode output = StreamedResponse.of(
                        signalbox.answered(Recording.of("codex/turn")).body())
                .path("output");
        assertThat(output.get(1).path("type").asText()).isEqualTo("custom_tool_call");
        assertThat(output.get(1).path("input").asText()).isEqualTo("*** Begin Patch");
        assertThat(output.get(2).path("namespace").asText()).isEqualTo("mcp__notes__");
        assertThat(output.get(2).path("name").asText()).isEqualTo("find");
    }

    @Test
    void gets_a_list_of_models_that_is_no_error() throws Exception {
        JsonNode list = signalbox.json(Recording.of("codex/models"));
        assertThat(list.path("data").findValuesAsText("id")).contains("coding");
    }

    @Test
    void goes_on_with_the_next_server_without_noticing() throws Exception {
        signalbox.neighbours().spare().refuses(503, "The server is overloaded.");
        HttpResponse<String> answer = signalbox.answered(Recording.of("codex/turn"));
        assertThat(Served.target(answer)).isEqualTo("cloud/claude-sonnet-4-5");
        StreamedResponse.of(answer.body());
    }
}
