package dev.signalbox.examples.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.testkit.Answer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** VS Code, to which Signalbox is an Ollama, and which is answered by Anthropic. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class VsCodeTest {

    private Served signalbox;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        signalbox = Served.page("vs-code", folder);
    }

    @AfterEach
    void stop() {
        signalbox.close();
    }

    @Test
    void takes_the_version_and_offers_every_name_to_agents() throws Exception {
        String version =
                signalbox.json(Recording.of("vs-code/version")).path("version").asText();
        assertThat(Stream.of(version.split("\\.")).map(Integer::parseInt)).hasSize(3);
        assertThat(Integer.parseInt(version.split("\\.")[1])).isGreaterThanOrEqualTo(7);
        for (JsonNode tag : signalbox.json(Recording.of("vs-code/tags")).path("models")) {
            String model = tag.path("model").asText();
            JsonNode shown = signalbox.json(Recording.of("vs-code/show").with("MODEL", model));
            assertThat(shown.path("capabilities").toString()).as(model).contains("\"tools\"");
            String architecture = shown.at("/model_info/general.architecture").asText("");
            assertThat(architecture).isNotEmpty();
            assertThat(shown.path("model_info")
                            .path(architecture + ".context_length")
                            .asInt())
                    .as(model)
                    .isGreaterThan(100_000);
            assertThat(model)
                    .startsWith(shown.at("/model_info/general.basename").asText());
        }
    }

    @Test
    void chats_with_tools_at_the_same_address() throws Exception {
        signalbox
                .neighbours()
                .anthropic()
                .says(Answer.saying("I", " look.").calling("read_file", "{\"filePath\":\"a.txt\"}"));
        HttpResponse<String> answer = signalbox.answered(Recording.of("vs-code/chat"));
        assertThat(Served.target(answer)).isEqualTo("cloud/claude-sonnet-4-5");
        JsonNode message = StreamedChat.of(answer.body());
        assertThat(message.at("/tool_calls/0/name").asText()).isEqualTo("read_file");
        assertThat(message.path("finish_reason").asText()).isEqualTo("tool_calls");
        assertThat(message.at("/usage/prompt_tokens").asInt()).isPositive();
        assertThat(Served.asked(signalbox.neighbours().anthropic())
                        .at("/tools/0/input_schema/required/0")
                        .asText())
                .isEqualTo("filePath");
    }
}
