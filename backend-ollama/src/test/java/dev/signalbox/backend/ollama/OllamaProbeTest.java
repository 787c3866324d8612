package dev.signalbox.backend.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Capability;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Support;
import dev.signalbox.backend.http.HttpOptions;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Where;
import dev.signalbox.testkit.OllamaModel;
import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.ScriptedOllama;
import dev.signalbox.testkit.TestContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a probe finds out about an Ollama and its models. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OllamaProbeTest {

    private final ScriptedOllama ollama = ScriptedOllama.start();
    private final Backend backend = Backends.at(ollama.uri());

    @AfterEach
    void end() {
        backend.close();
        ollama.close();
    }

    @Test
    void is_ready_with_its_version_and_its_models() throws Exception {
        BackendStatus status = probe();

        assertThat(status.state()).isEqualTo(BackendState.READY);
        assertThat(status.detail()).isEqualTo("0.32.15");
        assertThat(status.models().orElseThrow()).extracting(ModelInfo::name).containsExactly("qwen3:8b");
    }

    @Test
    void an_ollama_without_models_is_ready_and_offers_none() throws Exception {
        ollama.installed();

        assertThat(probe().state()).isEqualTo(BackendState.READY);
        assertThat(probe().models().orElseThrow()).isEmpty();
    }

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
            assertThat(roomy.probe(Deadline.after(Duration.ofSeconds(30)))
                            .models()
                            .orElseThrow())
                    .extracting(model -> model.contextTokens().orElseThrow())
                    .containsExactly(16_384L, 2_048L);
        }
    }

    @Test
    void no_model_calls_a_tool_because_it_is_told_to() throws Exception {
        assertThat(models().get("qwen3:8b").support(Capability.TOOL_CHOICE)).isEqualTo(Support.NO);
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
                "{\"parameters\":\"temperature 0.6\",\"model_info\":{\"general.architecture\":\"q\",\"q.context_length\":9}}");

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

    @Test
    void asks_once_for_each_model_and_only_for_some_at_a_time() throws Exception {
        ollama.installed(IntStream.range(0, 50)
                .mapToObj(i -> OllamaModel.named("m" + i).able("completion"))
                .toArray(OllamaModel[]::new));

        assertThat(probe().models().orElseThrow()).hasSize(50);
        assertThat(shows()).isEqualTo(16);

        probe();
        probe();
        probe();
        assertThat(shows()).isEqualTo(50);
        probe();
        assertThat(shows()).as("nothing new").isEqualTo(50);
        assertThat(models().values()).allMatch(model -> model.contextTokens().isPresent());
    }

    @Test
    void a_model_that_changed_is_asked_for_again_and_one_that_cannot_be_described_is_not() throws Exception {
        ollama.server().on("/api/show", Reply.json(500, "{\"error\":\"broken manifest\"}"));
        ollama.installed(OllamaModel.named("broken"));

        assertThat(models().get("broken").support(Capability.TOOLS))
                .as("the list told")
                .isEqualTo(Support.YES);
        probe();
        assertThat(shows()).isEqualTo(1);

        ollama.installed(OllamaModel.named("another"));
        probe();
        assertThat(shows()).isEqualTo(2);
    }

    @Test
    void models_of_a_cloud_are_not_offered_and_counted() throws Exception {
        ollama.server()
                .on(
                        "/api/tags",
                        Reply.json(
                                200,
                                "{\"models\":[{\"name\":\"big:cloud\",\"remote_model\":\"big\",\"remote_host\":\"https://ollama.com\"},"
                                        + "{\"name\":\"qwen3:8b\",\"digest\":\"1\",\"size\":7}]}"));

        BackendStatus status = probe();

        assertThat(status.models().orElseThrow()).extracting(ModelInfo::name).containsExactly("qwen3:8b");
        assertThat(status.detail()).contains("1 model of a cloud", "models:");
    }

    @ParameterizedTest
    @CsvSource({"0.13.2,false", "0.13.3,true", "0.9.6,false", "0.33.0-rc2,true", "1.0.0,true", "0.0.0,true", "odd,true"
    })
    void responses_are_spoken_since_the_version_that_brought_them(String version, boolean spoken) throws Exception {
        ollama.server().on("/api/version", Reply.json(200, "{\"version\":\"%s\"}".formatted(version)));

        assertThat(probe().dialects().orElseThrow().contains(Dialect.OPENAI_RESPONSES))
                .isEqualTo(spoken);
        assertThat(probe().dialects().orElseThrow()).contains(Dialect.OPENAI_CHAT, Dialect.OLLAMA_CHAT);
    }

    @ParameterizedTest
    @CsvSource({"0.13.9,false", "0.14.0,true", "0.32.15,true", "odd,true"})
    void anthropics_api_is_spoken_since_the_version_that_brought_it(String version, boolean spoken) throws Exception {
        ollama.server().on("/api/version", Reply.json(200, "{\"version\":\"%s\"}".formatted(version)));

        assertThat(probe().dialects().orElseThrow().contains(Dialect.ANTHROPIC_MESSAGES))
                .isEqualTo(spoken);
    }

    @Test
    void what_configuration_says_is_spoken_whatever_the_version() throws Exception {
        PluginConfig config = PluginConfig.of(new OllamaBackendFactory().options(), Where.code("backends.laptop"))
                .with(HttpOptions.BASE_URL, ollama.uri())
                .withPresent(OllamaBackendFactory.DIALECTS, List.of("openai.chat", "ollama.chat"));
        try (Backend said = new OllamaBackendFactory().create(config, TestContext.named("laptop"))) {
            assertThat(said.dialects()).containsExactlyInAnyOrder(Dialect.OPENAI_CHAT, Dialect.OLLAMA_CHAT);
            assertThat(said.probe(Deadline.after(Duration.ofSeconds(20))).dialects())
                    .contains(said.dialects());
        }
    }

    @Test
    void a_refused_host_name_is_told_as_what_it_is() {
        ollama.server().on("/api/tags", Reply.status(403));

        BackendException refused = catchThrowableOfType(BackendException.class, this::probe);

        assertThat(refused.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
        assertThat(refused).hasMessageContaining("host name").hasMessageContaining("OLLAMA_HOST");
    }

    @Test
    void a_server_that_dies_while_it_is_asked_is_not_ready() {
        ollama.server().on("/api/show", Reply.hangUp());

        assertThat(catchThrowableOfType(BackendException.class, this::probe).kind())
                .isEqualTo(FailureKind.UNREACHABLE);
    }

    @Test
    void entries_that_make_no_sense_do_no_harm() throws Exception {
        ollama.server()
                .on(
                        "/api/tags",
                        Reply.json(
                                200,
                                "{\"models\":[null,7,{},{\"name\":\"\"},{\"name\":\"m\",\"size\":-4,\"digest\":7,\"capabilities\":\"all\"}]}"));
        ollama.server()
                .on("/api/ps", Reply.json(200, "{\"models\":[{\"name\":\"m\",\"size\":\"x\",\"context_length\":-1}]}"));
        show("m", "[]");

        ModelInfo model = models().get("m");

        assertThat(model.loaded()).isEqualTo(Optional.of(true));
        assertThat(model.diskBytes()).isEmpty();
        assertThat(model.memoryBytes()).isEmpty();
        assertThat(model.contextTokens()).isEmpty();
    }

    @Test
    void a_model_that_takes_long_to_be_described_keeps_neither_the_server_nor_other_models_from_being_seen()
            throws Exception {
        ollama.installed(OllamaModel.named("slow"), OllamaModel.named("quick"));
        show("slow", Reply.stall());
        show("quick", Reply.json(200, "{\"capabilities\":[\"completion\",\"vision\"]}"));

        assertThat(probe().state()).isEqualTo(BackendState.READY);
        Map<String, ModelInfo> models = models();

        assertThat(models).containsOnlyKeys("slow", "quick");
        assertThat(models.get("quick").support(Capability.VISION)).isEqualTo(Support.YES);
    }

    private void show(String model, String json) {
        show(model, Reply.json(200, json));
    }

    private void show(String model, Reply reply) {
        ollama.server()
                .on(
                        request -> request.path().equals("/api/show")
                                && request.text().contains('"' + model + '"'),
                        request -> reply);
    }

    private BackendStatus probe() throws BackendException, InterruptedException {
        return backend.probe(Deadline.after(Duration.ofSeconds(20)));
    }

    private Map<String, ModelInfo> models() throws BackendException, InterruptedException {
        return probe().models().orElseThrow().stream().collect(Collectors.toMap(ModelInfo::name, model -> model));
    }

    private long shows() {
        return ollama.server().requests().stream()
                .filter(request -> request.path().equals("/api/show"))
                .count();
    }

    private static void assertSupport(ModelInfo model, Support support, Capability... capabilities) {
        assertThat(Arrays.asList(capabilities))
                .allSatisfy(capability -> assertThat(model.support(capability))
                        .as(model.name() + " " + capability)
                        .isEqualTo(support));
    }
}
