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

/** Open WebUI by either of its connections, in front of servers that speak the other one's API or Anthropic's. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OpenWebUiTest {

    private Served signalbox;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        signalbox = Served.page("open-webui", folder);
        Answer answer = Answer.saying("A", " signal.").thinking("Hm.").using(100, 7);
        signalbox.neighbours().anthropic().says(answer);
        signalbox.neighbours().spare().says(answer);
    }

    @AfterEach
    void stop() {
        signalbox.close();
    }

    @Test
    void lists_and_chats_by_its_connection_for_openai() throws Exception {
        assertThat(signalbox
                        .json(Recording.of("open-webui/models"))
                        .path("data")
                        .findValuesAsText("id"))
                .contains("chat", "home", "small", "embed");
        HttpResponse<String> answer = signalbox.answered(Recording.of("open-webui/openai-chat"));
        assertThat(Served.target(answer)).isEqualTo("cloud/claude-sonnet-4-5");
        JsonNode message = StreamedChat.of(answer.body());
        assertThat(message.path("content").asText()).isEqualTo("A signal.");
        assertThat(message.path("reasoning_content").asText()).isEqualTo("Hm.");
        assertThat(message.at("/usage/prompt_tokens").asInt()).isEqualTo(100);
    }

    @Test
    void gets_a_title_from_the_small_model() throws Exception {
        signalbox.neighbours().laptop().says(Answer.saying("{ \"title\": \"Hello\" }"));
        HttpResponse<String> answer = signalbox.answered(Recording.of("open-webui/title"));
        assertThat(Served.target(answer)).isEqualTo("laptop/qwen3:4b");
        assertThat(Event.json(answer.body()).at("/choices/0/message/content").asText())
                .isEqualTo("{ \"title\": \"Hello\" }");
        assertThat(Served.asked(signalbox.neighbours().laptop()).toString()).contains("1000");
    }

    @Test
    void lists_and_chats_by_its_connection_for_ollama() throws Exception {
        assertThat(signalbox
                        .json(Recording.of("open-webui/version"))
                        .path("version")
                        .asText())
                .matches("\\d+\\.\\d+\\.\\d+");
        JsonNode tags = signalbox.json(Recording.of("open-webui/tags")).path("models");
        assertThat(tags.findValuesAsText("model")).contains("chat:latest", "home:latest", "laptop/qwen3:4b");
        assertThat(tags).allSatisfy(tag -> {
            assertThat(tag.path("digest").asText()).hasSize(64);
            assertThat(tag.path("details").isObject()).isTrue();
        });
        assertThat(signalbox
                        .json(Recording.of("open-webui/loaded"))
                        .path("models")
                        .isArray())
                .isTrue();
        HttpResponse<String> answer = signalbox.answered(Recording.of("open-webui/ollama-chat"));
        JsonNode last = StreamedLines.of(answer.body());
        assertThat(last.at("/message/content").asText()).isEqualTo("A signal.");
        assertThat(last.path("eval_count").asInt()).isEqualTo(7);
        assertThat(last.path("prompt_eval_count").asInt()).isEqualTo(100);
        assertThat(Served.asked(signalbox.neighbours().anthropic()).toString()).contains("iVBORw0KGgo=");
    }

    @Test
    void gets_vectors_by_its_connection_for_ollama() throws Exception {
        assertThat(signalbox.json(Recording.of("open-webui/embed")).path("embeddings"))
                .hasSize(2);
    }
}
