package dev.signalbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.api.Capability;
import dev.signalbox.api.ModelEntry;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Support;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OllamaShelfTest {

    private static final ModelInfo QWEN = ModelInfo.named("qwen3:8b")
            .withContext(32_768)
            .withDisk(5_000_000_000L)
            .withMemory(6_000_000_000L)
            .withLoaded(true)
            .with(Capability.CHAT, Support.YES)
            .with(Capability.TOOLS, Support.YES)
            .with(Capability.REASONING, Support.YES);
    private static final ModelInfo NOMIC =
            ModelInfo.named("nomic-embed:latest").withLoaded(false).with(Capability.EMBEDDINGS, Support.YES);

    private final FakeRouting router = FakeRouting.answering("{}")
            .model(new ModelEntry("coding", ModelEntry.Kind.PROFILE, QWEN, "gpu"))
            .model(new ModelEntry("gpu/qwen3:8b", ModelEntry.Kind.TARGET, QWEN, "gpu"))
            .model(new ModelEntry("gpu/nomic-embed:latest", ModelEntry.Kind.TARGET, NOMIC, "gpu"));
    private final Served server = Served.of(router);

    @AfterEach
    void stop() {
        server.close();
    }

    private static JsonNode json(HttpResponse<String> response) throws Exception {
        return new ObjectMapper().readTree(response.body());
    }

    @Test
    void lists_every_name_as_a_model_that_is_there_and_has_a_tag() throws Exception {
        JsonNode models = json(server.get("/api/tags")).path("models");

        assertThat(models.findValuesAsText("name"))
                .containsExactly("coding:latest", "gpu/qwen3:8b", "gpu/nomic-embed:latest");
        JsonNode first = models.get(0);
        assertThat(first.path("model").asText()).isEqualTo("coding:latest");
        assertThat(first.path("size").asLong()).isEqualTo(5_000_000_000L);
        assertThat(first.path("digest").asText()).matches("[0-9a-f]{64}");
        assertThat(first.at("/details/context_length").asLong()).isEqualTo(32_768);
        assertThat(Instant.parse(first.path("modified_at").asText())).isBeforeOrEqualTo(Instant.now());
    }

    @Test
    void says_what_is_in_memory() throws Exception {
        JsonNode models = json(server.get("/api/ps")).path("models");

        assertThat(models).hasSize(1);
        assertThat(models.get(0).path("name").asText()).isEqualTo("gpu/qwen3:8b");
        assertThat(models.get(0).path("size_vram").asLong()).isEqualTo(6_000_000_000L);
        assertThat(Instant.parse(models.get(0).path("expires_at").asText())).isAfter(Instant.now());
    }

    @ParameterizedTest
    @CsvSource({"model,coding", "model,coding:latest", "name,Coding", "model,qwen3:8b", "name,gpu/qwen3:8b"})
    void shows_a_model_under_every_name_it_has(String member, String name) throws Exception {
        JsonNode shown = json(server.post("/api/show", "{\"%s\":\"%s\"}".formatted(member, name)));

        assertThat(shown.path("capabilities").toString()).isEqualTo("[\"completion\",\"tools\",\"thinking\"]");
        String architecture = shown.at("/model_info/general.architecture").asText();
        assertThat(shown.path("model_info")
                        .path(architecture + ".context_length")
                        .asLong())
                .isEqualTo(32_768);
    }

    @Test
    void shows_a_model_under_a_name_that_only_a_pattern_serves() throws Exception {
        try (Configured real = Configured.by("""
                backends: { gpu: { type: echo, models: { big: { context: 4096 } } } }
                aliases: { "claude-*": gpu/big }
                """)) {
            JsonNode shown = json(real.server().post("/api/show", "{\"name\":\"claude-opus-4\"}"));

            assertThat(shown.at("/model_info/general.basename").asText()).isEqualTo("claude-opus-4");
            assertThat(shown.at("/details/context_length").asLong()).isEqualTo(4096);
            assertThat(real.server().get("/v1/models/claude-opus-4").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void the_context_of_a_model_that_is_not_loaded_is_shown_if_it_is_known() throws Exception {
        ModelInfo asleep = ModelInfo.named("asleep:1b").withLoaded(false);
        router.model(new ModelEntry("gpu/asleep:1b", ModelEntry.Kind.TARGET, asleep.withContext(8192), "gpu"))
                .model(new ModelEntry("gpu/unread:1b", ModelEntry.Kind.TARGET, asleep, "gpu"));

        JsonNode known = json(server.post("/api/show", "{\"model\":\"gpu/asleep:1b\"}"));
        JsonNode unknown = json(server.post("/api/show", "{\"model\":\"gpu/unread:1b\"}"));

        assertThat(known.path("model_info").path("signalbox.context_length").asLong())
                .isEqualTo(8192);
        assertThat(known.at("/details/context_length").asLong()).isEqualTo(8192);
        assertThat(unknown.path("model_info").has("signalbox.context_length")).isFalse();
    }

    @Test
    void latest_need_not_be_said() throws Exception {
        JsonNode shown = json(server.post("/api/show", "{\"model\":\"nomic-embed\"}"));

        assertThat(shown.path("capabilities").toString()).isEqualTo("[\"embedding\"]");
    }

    @Test
    void a_model_that_is_not_there_is_not_found() throws Exception {
        HttpResponse<String> response = server.post("/api/show", "{\"model\":\"codin\"}");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response).path("error").asText())
                .startsWith("model 'codin' not found")
                .contains("\"coding\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{", "{\"model\":\" \"}", "{\"model\":7}", ""})
    void who_names_no_model_is_told_how(String body) throws Exception {
        HttpResponse<String> response = server.post("/api/show", body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("error").asText()).contains("{\"model\": …}");
    }

    @Test
    void the_version_is_a_number_and_that_of_no_ollama() throws Exception {
        JsonNode version = json(server.get("/api/version"));

        assertThat(version.path("version").asText()).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(version.path("server").asText()).isEqualTo("Signalbox");
        assertThat(server.method("HEAD", "/api/version").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"POST,/api/pull", "POST,/api/create", "DELETE,/api/delete", "POST,/api/blobs/sha256:1", "POST,/api/me"})
    void what_a_router_does_not_do_is_said_in_ollamas_shape(String method, String path) throws Exception {
        HttpResponse<String> response = server.method(method, path);

        assertThat(response.statusCode()).isEqualTo(501);
        assertThat(json(response).path("error").asText()).startsWith(path).contains("keeps no models");
    }
}
