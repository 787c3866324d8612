package dev.signalbox.examples.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.testkit.Answer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cline, whose provider for OpenAI is answered by Anthropic, and whose provider for Anthropic by OpenAI's chats. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ClineTest {

    private static final Answer CALL = Answer.saying("I", " look.")
            .thinking("Hm.")
            .calling("read_file", "{\"path\":\"a.txt\"}")
            .using(9_000, 42);

    private Served signalbox;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        signalbox = Served.page("cline", folder);
        signalbox.neighbours().anthropic().says(CALL);
        signalbox.neighbours().spare().says(CALL);
    }

    @AfterEach
    void stop() {
        signalbox.close();
    }

    @Test
    void shows_a_picture_and_gets_thoughts_calls_and_tokens() throws Exception {
        HttpResponse<String> answer = signalbox.answered(Recording.of("cline/openai"));
        assertThat(Served.target(answer)).isEqualTo("cloud/claude-sonnet-4-5");
        JsonNode message = StreamedChat.of(answer.body());
        assertThat(message.path("content").asText()).isEqualTo("I look.");
        assertThat(message.path("reasoning_content").asText()).isEqualTo("Hm.");
        assertThat(message.at("/tool_calls/0/name").asText()).isEqualTo("read_file");
        assertThat(message.at("/tool_calls/0/arguments").asText()).isEqualTo("{\"path\":\"a.txt\"}");
        assertThat(message.path("finish_reason").asText()).isEqualTo("tool_calls");
        assertThat(message.at("/usage/prompt_tokens").asInt()).isEqualTo(9_000);
        JsonNode asked = Served.asked(signalbox.neighbours().anthropic());
        assertThat(asked.path("system").toString()).contains("You are Cline");
        assertThat(asked.at("/messages/0/content").toString()).contains("\"data\":\"iVBORw0KGgo=\"");
        assertThat(asked.path("temperature").asInt(-1)).isZero();
    }

    @Test
    void says_what_a_tool_gave() throws Exception {
        signalbox.neighbours().anthropic().says(Answer.saying("One."));
        HttpResponse<String> answer = signalbox.answered(Recording.of("cline/results"));
        assertThat(StreamedChat.of(answer.body()).path("finish_reason").asText())
                .isEqualTo("stop");
        JsonNode asked = Served.asked(signalbox.neighbours().anthropic());
        assertThat(asked.findValuesAsText("tool_use_id"))
                .containsExactly(asked.at("/messages/1/content/1/id").asText());
        assertThat(asked.path("messages").findValuesAsText("role"))
                .as("turns take turns")
                .containsExactly("user", "assistant", "user");
    }

    @Test
    void asks_as_of_anthropic_and_is_answered_by_another() throws Exception {
        HttpResponse<String> answer = signalbox.answered(Recording.of("cline/anthropic"));
        assertThat(Served.target(answer)).isEqualTo("gpu/qwen3-coder-30b");
        JsonNode message = StreamedMessage.of(answer.body());
        assertThat(message.path("stop_reason").asText()).isEqualTo("tool_use");
        assertThat(message.at("/usage/input_tokens").asInt()).isEqualTo(9_000);
        assertThat(Served.asked(signalbox.neighbours().spare())
                        .path("tool_choice")
                        .asText())
                .isEqualTo("required");
    }

    @Test
    void asks_as_of_an_ollama_and_is_answered_by_another() throws Exception {
        signalbox.neighbours().anthropic().says(Answer.saying("One", "."));
        HttpResponse<String> answer = signalbox.answered(Recording.of("cline/ollama"));
        assertThat(StreamedLines.of(answer.body()).at("/message/content").asText())
                .isEqualTo("One.");
    }
}
