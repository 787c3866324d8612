package dev.signalbox.backend.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Capability;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Support;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.testkit.OllamaModel;
import dev.signalbox.testkit.Reply;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a probe finds out about an Ollama's models. */
class ProbedModelTest extends ProbeFixture {

    @Test
    void tells_what_is_in_memory_and_how_much_it_takes() throws Exception {
        ollama.installed(
                        OllamaModel.named("here").sized(4_000),
                        OllamaModel.named("there").sized(8_000))
                .loaded("here");

        Map<String, ModelInfo> models = models();

        assertThat(models.get("here").loaded()).contains(true);
        assertThat(models.get("here").memoryBytes()).hasValue(5_000);
        assertThat(models.get("here").diskBytes()).hasValue(4_000);
        assertThat(models.get("there").loaded()).contains(false);
        assertThat(models.get("there").memoryBytes()).isEmpty();
        assertThat(models.get("there").diskBytes()).hasValue(8_000);
        assertThat(models.get("there").tokenBytes())
                .as("36 layers of 8 heads of 128 numbers, keys and values, two bytes each")
                .hasValue(2 * 36 * 8 * 128 * 2);
    }

    @Test
    void what_a_token_takes_is_unknown_where_layers_differ() throws Exception {
        ollama.server().on("/api/show", Reply.json(200, """
                                {"model_info": {"general.architecture": "odd", "odd.block_count": 4,
                                 "odd.attention.head_count_kv": [8, 0, 8, 0], "odd.attention.key_length": 64}}"""));

        assertThat(models().get("qwen3:8b").tokenBytes()).isEmpty();
    }

    @Test
    void the_length_of_a_head_follows_from_the_others_where_it_is_not_told() throws Exception {
        ollama.server().on("/api/show", Reply.json(200, """
                                {"model_info": {"general.architecture": "old", "old.block_count": 4,
                                 "old.attention.head_count": 32, "old.attention.head_count_kv": 8,
                                 "old.embedding_length": 4096}}"""));

        assertThat(models().get("qwen3:8b").tokenBytes()).hasValue(2 * 4 * 8 * 128 * 2);
    }

    @Test
    void a_context_that_is_configured_is_the_one_that_will_be_and_beats_the_one_that_is() throws Exception {
        ollama.installed(OllamaModel.named("loaded"), new OllamaModel("small", 1, 2048, List.of("completion")))
                .loaded("loaded");
        PluginConfig config = Backends.config(ollama.uri())
                .withPresent(OllamaBackendFactory.SPEAK, "ollama.chat")
                .with(OllamaBackendFactory.NUM_CTX, Map.of("*", 16_384L));

        try (Backend roomy = Backends.make(config)) {
            List<ModelInfo> models = roomy.probe(soon()).models().orElseThrow();
            assertThat(models)
                    .extracting(model -> model.contextTokens().orElseThrow())
                    .containsExactly(16_384L, 2_048L);
            assertThat(models)
                    .as("it is told beside the one that will be")
                    .extracting(ModelInfo::loadedContext)
                    .containsExactly(OptionalLong.of(4_096), OptionalLong.empty());
        }
    }

    @Test
    void the_context_is_that_of_the_server_and_not_that_of_the_training() throws Exception {
        ollama.installed(
                        OllamaModel.named("loaded"),
                        OllamaModel.named("unloaded"),
                        new OllamaModel("small", 1, 2048, List.of("completion")),
                        OllamaModel.named("silent"))
                .loaded("loaded");
        show(
                "silent",
                Reply.json(
                        200,
                        "{\"parameters\":\"temperature 0.6\",\"model_info\":{\"general.architecture\":\"q\",\"q.context_length\":9}}"));

        Map<String, ModelInfo> models = models();

        assertThat(models.get("loaded").contextTokens())
                .as("of the loaded model")
                .hasValue(4096);
        assertThat(models.get("unloaded").contextTokens()).as("of its num_ctx").hasValue(8192);
        assertThat(models.get("small").contextTokens())
                .as("at most what it can")
                .hasValue(2048);
        assertThat(models.get("silent").contextTokens())
                .as("the server decides")
                .isEmpty();
    }

    @Test
    void no_model_calls_a_tool_because_it_is_told_to() throws Exception {
        assertThat(models().get("qwen3:8b").support(Capability.TOOL_CHOICE)).isEqualTo(Support.NO);
    }

    @Test
    void tells_what_models_can_and_cannot_do() throws Exception {
        ollama.installed(
                OllamaModel.named("all").able("completion", "tools", "vision", "thinking", "insert"),
                OllamaModel.named("plain").able("completion"),
                OllamaModel.named("vectors").able("embedding"),
                OllamaModel.named("mute").able());

        Map<String, ModelInfo> models = models();

        assertSupport(
                models.get("all"),
                Support.YES,
                Capability.CHAT,
                Capability.TOOLS,
                Capability.VISION,
                Capability.REASONING,
                Capability.COMPLETIONS,
                Capability.JSON,
                Capability.JSON_SCHEMA);
        assertSupport(models.get("plain"), Support.YES, Capability.CHAT);
        assertSupport(
                models.get("plain"),
                Support.NO,
                Capability.TOOLS,
                Capability.VISION,
                Capability.REASONING,
                Capability.AUDIO,
                Capability.RERANK);
        assertSupport(models.get("vectors"), Support.YES, Capability.EMBEDDINGS);
        assertSupport(models.get("vectors"), Support.NO, Capability.CHAT, Capability.COMPLETIONS, Capability.TOOLS);
        assertSupport(models.get("vectors"), Support.UNKNOWN, Capability.JSON);
        assertThat(models.get("mute").capabilities())
                .as("an old version does not tell")
                .containsExactly(Map.entry(Capability.TOOL_CHOICE, Support.NO));
        assertThat(models.values())
                .as("what Ollama ignores is not claimed")
                .allSatisfy(model ->
                        assertThat(model.support(Capability.PARALLEL_TOOLS)).isEqualTo(Support.UNKNOWN));
    }

    private static void assertSupport(ModelInfo model, Support support, Capability... capabilities) {
        assertThat(Arrays.asList(capabilities))
                .allSatisfy(capability -> assertThat(model.support(capability))
                        .as(model.name() + " " + capability)
                        .isEqualTo(support));
    }
}
