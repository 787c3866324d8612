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

/** Continue, whose chats are answered by Anthropic and whose completions and vectors by Ollama. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ContinueTest {

    private Served signalbox;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        signalbox = Served.page("continue", folder);
        signalbox
                .neighbours()
                .anthropic()
                .says(Answer.saying("I", " look.").calling("read_file", "{\"filepath\":\"a.txt\"}"));
    }

    @AfterEach
    void stop() {
        signalbox.close();
    }

    @Test
    void chats_with_tools() throws Exception {
        HttpResponse<String> answer = signalbox.answered(Recording.of("continue/chat"));
        assertThat(Served.target(answer)).isEqualTo("cloud/claude-sonnet-4-5");
        JsonNode message = StreamedChat.of(answer.body());
        assertThat(message.at("/tool_calls/0/arguments").asText()).isEqualTo("{\"filepath\":\"a.txt\"}");
        assertThat(message.path("finish_reason").asText()).isEqualTo("tool_calls");
        assertThat(message.at("/usage/completion_tokens").asInt()).isPositive();
        JsonNode asked = Served.asked(signalbox.neighbours().anthropic());
        assertThat(asked.path("max_tokens").asInt()).isEqualTo(4096);
        assertThat(asked.at("/tool_choice/disable_parallel_tool_use").asBoolean())
                .isTrue();
    }

    @Test
    void completes_what_is_typed() throws Exception {
        signalbox.neighbours().laptop().says(Answer.saying("a", " + b;"));
        HttpResponse<String> answer = signalbox.answered(Recording.of("continue/autocomplete"));
        assertThat(Served.target(answer)).isEqualTo("laptop/qwen3:4b");
        StringBuilder text = new StringBuilder();
        Event.of(answer.body()).stream()
                .filter(event -> !event.data().equals("[DONE]"))
                .forEach(event -> text.append(event.json().at("/choices/0/text").asText("")));
        assertThat(text).hasToString("a + b;");
        assertThat(Served.asked(signalbox.neighbours().laptop()).path("prompt").asText())
                .startsWith("<|fim_prefix|>int sum");
    }

    @Test
    void embeds_many_pieces_at_once() throws Exception {
        JsonNode vectors = signalbox.json(Recording.of("continue/embed"));
        assertThat(vectors.path("data"))
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.path("embedding")).isNotEmpty());
    }

    @Test
    void looks_and_chats_as_with_an_ollama() throws Exception {
        JsonNode shown = signalbox.json(Recording.of("continue/show"));
        assertThat(shown.path("template").isTextual()).isTrue();
        assertThat(shown.path("parameters").isTextual()).isTrue();
        assertThat(shown.path("capabilities").toString()).contains("tools");
        HttpResponse<String> answer = signalbox.answered(Recording.of("continue/ollama-chat"));
        JsonNode last = StreamedLines.of(answer.body());
        assertThat(last.at("/message/content").asText()).isEqualTo("I look.");
        assertThat(last.at("/message/tool_calls/0/function/arguments/filepath").asText())
                .isEqualTo("a.txt");
        assertThat(Served.asked(signalbox.neighbours().anthropic())
                        .path("max_tokens")
                        .asInt())
                .isEqualTo(2048);
    }
}
