package dev.signalbox.backend.mlx;

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
import dev.signalbox.spi.LoadSignal;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.testkit.Calls;
import dev.signalbox.testkit.Flavor;
import dev.signalbox.testkit.ReceivedRequest;
import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.ScriptedLlamaServer;
import dev.signalbox.testkit.ScriptedMlx;
import dev.signalbox.testkit.ScriptedOllama;
import dev.signalbox.testkit.ScriptedOpenAi;
import dev.signalbox.testkit.ScriptedRuntime;
import dev.signalbox.testkit.ScriptedServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a probe finds out of a server that answers. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MlxProbeTest {

    private static final String OTHER = "/Users/me/models/tiny";

    @ParameterizedTest
    @ValueSource(strings = {"auto", "lm"})
    void mlx_lm_lists_what_it_could_load(String flavor) throws Exception {
        try (ScriptedMlx mlx = ScriptedMlx.lm().serving(ScriptedMlx.MODEL, OTHER);
                Backend backend = Backends.at(mlx.uri(), flavor)) {
            BackendStatus status = backend.probe(soon());

            assertThat(status.state()).isEqualTo(BackendState.READY);
            assertThat(status.detail()).isEqualTo("mlx_lm.server");
            assertThat(status.dialects().orElseThrow())
                    .containsExactlyInAnyOrder(Dialect.OPENAI_CHAT, Dialect.OPENAI_COMPLETIONS);
            assertThat(status.load()).isEmpty();
            assertThat(status.models().orElseThrow())
                    .extracting(ModelInfo::name)
                    .containsExactly(ScriptedMlx.MODEL, OTHER);
            assertThat(status.models().orElseThrow()).allSatisfy(model -> {
                assertThat(model.loaded()).isEmpty();
                assertThat(model.support(Capability.JSON_SCHEMA)).isEqualTo(Support.NO);
                assertThat(model.support(Capability.VISION)).isEqualTo(Support.NO);
                assertThat(model.support(Capability.COMPLETIONS)).isEqualTo(Support.YES);
                assertThat(model.support(Capability.TOOLS)).isEqualTo(Support.UNKNOWN);
            });
            assertThat(mlx.loads()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "vlm"})
    void mlx_vlm_tells_what_is_in_memory_and_its_context(String flavor) throws Exception {
        try (ScriptedMlx mlx = ScriptedMlx.vlm().serving("org/a", "org/b");
                Backend backend = Backends.at(mlx.uri(), flavor)) {
            assertThat(models(backend)).allSatisfy(model -> {
                assertThat(model.loaded()).contains(false);
                assertThat(model.contextTokens()).isEmpty();
            });
            backend.exchange(Calls.chat("org/b")).close();

            List<ModelInfo> models = models(backend);

            assertThat(models).extracting(model -> model.loaded().orElseThrow()).containsExactly(false, true);
            assertThat(models.getFirst().contextTokens()).isEmpty();
            assertThat(models.getLast().contextTokens()).hasValue(128_000);
            assertThat(models.getLast().support(Capability.VISION)).isEqualTo(Support.UNKNOWN);
            assertThat(models.getLast().support(Capability.COMPLETIONS)).isEqualTo(Support.NO);
            assertThat(backend.probe(soon()).dialects().orElseThrow())
                    .contains(Dialect.ANTHROPIC_MESSAGES, Dialect.OPENAI_RERANK, Dialect.OPENAI_RESPONSES)
                    .doesNotContain(Dialect.OPENAI_COMPLETIONS);
            assertThat(mlx.loads()).containsExactly("org/b");
        }
    }

    @Test
    void a_model_that_mlx_vlm_has_in_memory_is_offered_whether_or_not_it_is_listed() throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                Backend backend = Backends.at(server.uri())) {
            server.on("/v1/models", Reply.json(200, "{\"object\":\"list\",\"data\":[]}"));
            server.on("/health", Reply.json(200, """
                    {"status":"healthy","loaded_model":"/models/vl","loaded_adapter":null,"loaded_models":{
                     "text_generation":{"model":"/models/vl"},"embedding":{"model":"org/embed"}},
                     "effective_context_limit":32768}"""));

            assertThat(models(backend))
                    .satisfiesExactlyInAnyOrder(
                            model -> {
                                assertThat(model.name()).isEqualTo("/models/vl");
                                assertThat(model.contextTokens()).hasValue(32_768);
                            },
                            model -> {
                                assertThat(model.name()).isEqualTo("org/embed");
                                assertThat(model.loaded()).contains(true);
                            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "omni"})
    void mlx_omni_tells_what_is_in_memory_and_by_answering_that_it_is_idle(String flavor) throws Exception {
        try (ScriptedMlx mlx = ScriptedMlx.omni().serving("org/a", "org/b");
                Backend backend = Backends.at(mlx.uri(), flavor)) {
            backend.exchange(Calls.chat("org/a")).close();

            BackendStatus status = backend.probe(soon());

            assertThat(status.detail()).isEqualTo("mlx-omni-server");
            assertThat(status.load().map(LoadSignal.Load::running)).contains(0);
            assertThat(status.models().orElseThrow())
                    .extracting(model -> model.loaded().orElseThrow())
                    .containsExactly(true, false);
            assertThat(status.dialects().orElseThrow())
                    .containsExactlyInAnyOrder(Dialect.OPENAI_CHAT, Dialect.OPENAI_EMBEDDINGS);
        }
    }

    @Test
    void who_is_at_the_address_may_change() throws Exception {
        try (ScriptedMlx lm = ScriptedMlx.lm();
                ScriptedServer address = ScriptedServer.start();
                Backend backend = Backends.at(address.uri())) {
            address.on("/health", Reply.json(200, "{\"status\": \"ok\"}"));
            address.on("/v1/models", Reply.json(200, "{\"object\": \"list\", \"data\": []}"));
            assertThat(backend.probe(soon()).detail()).startsWith("mlx_lm.server");

            address.on("/health", Reply.json(404, "{\"detail\":\"Not Found\"}"));
            address.on("/v1/cache", Reply.json(200, "{\"cache_size\":0,\"ttl_seconds\":300,\"cached_keys\":[]}"));
            assertThat(backend.probe(soon()).detail()).startsWith("mlx-omni-server");
        }
    }

    @Test
    void an_mlx_lm_without_a_cache_of_the_hub_lists_nothing_at_all() throws Exception {
        try (ScriptedMlx mlx = ScriptedMlx.lm();
                Backend backend = Backends.at(mlx.uri())) {
            mlx.server()
                    .on(
                            "/v1/models",
                            Reply.status(200)
                                    .header("Content-type", "application/json")
                                    .http10());

            BackendStatus status = backend.probe(soon());

            assertThat(status.state()).isEqualTo(BackendState.READY);
            assertThat(status.models().orElseThrow()).isEmpty();
            assertThat(status.detail()).isEqualTo("mlx_lm.server lists no models");
        }
    }

    @TestFactory
    Stream<DynamicTest> another_server_is_not_taken_for_one() {
        Map<String, Supplier<ScriptedRuntime>> others = Map.of(
                "llama-server",
                ScriptedLlamaServer::start,
                "Ollama",
                ScriptedOllama::start,
                "vLLM",
                () -> ScriptedOpenAi.start(Flavor.VLLM),
                "LM Studio",
                () -> ScriptedOpenAi.start(Flavor.LM_STUDIO));
        return others.entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> {
                    try (ScriptedRuntime other = each.getValue().get();
                            Backend backend = Backends.at(other.uri())) {
                        BackendException stranger =
                                catchThrowableOfType(BackendException.class, () -> backend.probe(soon()));
                        assertThat(stranger.kind()).isEqualTo(FailureKind.BROKEN_REPLY);
                        assertThat(other.server().generations()).isZero();
                    }
                }));
    }

    @Test
    void who_is_said_to_be_one_need_not_look_like_it() throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                Backend backend = Backends.at(server.uri(), "lm")) {
            server.otherwise(request -> Reply.text(404, "Not Found"));
            server.on(
                    "/v1/models",
                    Reply.json(200, "{\"object\":\"list\",\"data\":[{\"id\":\"m\",\"owned_by\":\"a fork\"}]}"));

            assertThat(models(backend)).extracting(ModelInfo::name).containsExactly("m");
        }
    }

    @Test
    void a_key_is_sent_and_one_that_is_wrong_is_told() throws Exception {
        try (ScriptedMlx mlx = ScriptedMlx.vlm().requiring("right-key")) {
            PluginConfig config = Backends.config(mlx.uri(), "auto");
            try (Backend right = Backends.make(config.withPresent(HttpOptions.API_KEY, "right-key"));
                    Backend none = Backends.make(config)) {
                assertThat(right.probe(soon()).state()).isEqualTo(BackendState.READY);
                BackendException refused = catchThrowableOfType(BackendException.class, () -> none.probe(soon()));
                assertThat(refused.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
                assertThat(refused).hasMessageContaining("api-key").hasMessageContaining("Invalid API key");
            }
        }
    }

    @Test
    void with_the_clients_key_a_probe_has_none_and_does_not_hold_that_against_the_server() throws Exception {
        try (ScriptedMlx mlx = ScriptedMlx.vlm().requiring("of-a-client");
                Backend backend = Backends.make(Backends.config(mlx.uri(), "auto")
                        .with(HttpOptions.CREDENTIALS, HttpOptions.Credentials.CLIENT))) {
            assertThat(backend.probe(soon()).state()).isEqualTo(BackendState.UNKNOWN);
        }
    }

    @Test
    void asks_for_nothing_twice() throws Exception {
        try (ScriptedMlx lm = ScriptedMlx.lm();
                ScriptedMlx omni = ScriptedMlx.omni();
                Backend one = Backends.at(lm.uri());
                Backend other = Backends.at(omni.uri(), "omni")) {
            one.probe(soon());
            other.probe(soon());

            assertThat(lm.server().requests())
                    .extracting(ReceivedRequest::target)
                    .containsExactly("/health", "/v1/models");
            assertThat(omni.server().requests())
                    .extracting(ReceivedRequest::target)
                    .containsExactly("/v1/cache", "/v1/models");
        }
    }

    private static List<ModelInfo> models(Backend backend) throws Exception {
        return backend.probe(soon()).models().orElseThrow();
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }
}
