package dev.signalbox.backend.llamacpp;

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
import dev.signalbox.backend.http.HttpOptions.Credentials;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendReply;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.spi.LoadSignal.Load;
import dev.signalbox.spi.ModelCatalog;
import dev.signalbox.testkit.Calls;
import dev.signalbox.testkit.Gate;
import dev.signalbox.testkit.LlamaModel;
import dev.signalbox.testkit.ReceivedRequest;
import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.ScriptedLlamaServer;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a probe sees in each state that a llama-server can be in. */
@Timeout(120) // what is waited for in vain fails its test, not the build
@DisplayNameGeneration(ReplaceUnderscores.class)
class LlamaCppProbeTest {

    private final ScriptedLlamaServer llama = ScriptedLlamaServer.start();
    private final Backend backend = Backends.at(llama.uri());

    @AfterEach
    void end() {
        backend.close();
        llama.close();
    }

    @Test
    void sees_the_one_model_with_the_context_of_a_slot() throws Exception {
        llama.serving("qwen3-8b", 8192);

        BackendStatus status = probe();

        ModelInfo model = only(status);
        assertThat(status.state()).isEqualTo(BackendState.READY);
        assertThat(status.detail()).isEqualTo("b10587-abc");
        assertThat(model.name()).isEqualTo("qwen3-8b");
        assertThat(model.contextTokens()).hasValue(8192);
        assertThat(model.diskBytes()).hasValue(5_027_783_680L);
        assertThat(model.loaded()).contains(true);
    }

    @Test
    void sees_what_template_and_modalities_tell() throws Exception {
        llama.seeing();

        ModelInfo model = only(probe());

        assertThat(model.capabilities())
                .containsEntry(Capability.VISION, Support.YES)
                .containsEntry(Capability.AUDIO, Support.NO)
                .containsEntry(Capability.TOOLS, Support.YES)
                .containsEntry(Capability.PARALLEL_TOOLS, Support.YES)
                .containsEntry(Capability.REASONING, Support.YES)
                .containsEntry(Capability.JSON_SCHEMA, Support.YES)
                .doesNotContainKeys(Capability.CHAT, Capability.EMBEDDINGS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"chat_template\":\"{% if tools %}\"                                    | TOOLS     | YES",
                "\"chat_template\":\"{{ messages }}\"                                    | TOOLS     | UNKNOWN",
                "\"chat_template\":\"{% if tools %}\",\"chat_template_caps\":{}          | TOOLS     | UNKNOWN",
                "\"chat_template_caps\":{\"supports_tool_calls\":true}                   | TOOLS     | YES",
                "\"chat_template_caps\":{\"supports_reasoning_effort\":true}             | REASONING | YES",
                "\"chat_template\":\"[THINK] {{ messages }}\"                           | REASONING | YES",
                "\"chat_template\":\"{{ messages }}\"                                    | REASONING | UNKNOWN",
                "\"modalities\":{\"vision\":false}                                       | VISION    | NO",
                "\"modalities\":{}                                                       | VISION    | UNKNOWN",
                "\"build_info\":7                                                        | VISION    | UNKNOWN"
            })
    void takes_for_known_only_what_is_told(String member, Capability capability, Support support) throws Exception {
        llama.server()
                .on(
                        "/props",
                        Reply.json(
                                200,
                                "{\"default_generation_settings\":{\"n_ctx\":512},\"total_slots\":1,%s}"
                                        .formatted(member)));

        assertThat(only(probe()).support(capability)).isEqualTo(support);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "b7186-abc | false | false",
                "b7187-abc | true  | false",
                "b7792-abc | true  | false",
                "b7793-abc | true  | true",
                "b1-de3ff81 | true | true",
                "unknown   | true  | true"
            })
    void speaks_what_its_build_has(String build, boolean messages, boolean responses) throws Exception {
        llama.server()
                .on(
                        "/props",
                        Reply.json(
                                200,
                                "{\"default_generation_settings\":{\"n_ctx\":512},\"total_slots\":1,\"build_info\":\"%s\"}"
                                        .formatted(build)));

        Set<Dialect> spoken = probe().dialects().orElseThrow();

        assertThat(spoken.contains(Dialect.ANTHROPIC_MESSAGES)).isEqualTo(messages);
        assertThat(spoken.contains(Dialect.OPENAI_RESPONSES)).isEqualTo(responses);
        assertThat(spoken).contains(Dialect.OPENAI_CHAT);
    }

    @Test
    void speaks_what_configuration_says_whatever_its_build() throws Exception {
        try (Backend said = Backends.make(
                Backends.config(llama.uri()).withPresent(LlamaCppBackendFactory.DIALECTS, List.of("openai.chat")))) {
            assertThat(said.dialects()).containsExactly(Dialect.OPENAI_CHAT);
            assertThat(said.probe(Deadline.after(Duration.ofSeconds(20))).dialects())
                    .contains(Set.of(Dialect.OPENAI_CHAT));
        }
    }

    @Test
    void tells_a_model_by_its_file_and_not_where_it_lies() throws Exception {
        llama.serving("/srv/private/qwen3-8b.gguf", 4096);

        assertThat(only(probe()).name()).isEqualTo("qwen3-8b");
        assertThat(backend.means("/srv/private/qwen3-8b.gguf", "qwen3-8b")).isTrue();
        assertThat(backend.means("gemma", "qwen3-8b")).isFalse();
    }

    @Test
    void sees_that_it_is_loading() throws Exception {
        llama.loading(true);

        BackendStatus status = probe();

        assertThat(status.state()).isEqualTo(BackendState.LOADING);
        assertThat(status.models()).isEmpty();
        llama.loading(false);
        assertThat(probe().state()).isEqualTo(BackendState.READY);
    }

    @Test
    void sees_that_it_sleeps_and_lets_it() throws Exception {
        llama.sleeps();

        BackendStatus status = probe();

        assertThat(status.state()).isEqualTo(BackendState.READY);
        assertThat(status.detail()).contains("asleep");
        assertThat(only(status).loaded()).contains(false);
        assertThat(llama.asleep()).isTrue();
    }

    @Test
    void sees_how_busy_it_is() throws Exception {
        llama.prefillingFor(Gate.closed());

        try (BackendReply busy = backend.exchange(Calls.chatStream("tiny-model"))) {
            assertThat(busy.status()).isEqualTo(200);
            assertThat(probe().load()).contains(new Load(1, 0, OptionalDouble.empty()));
        }
    }

    @Test
    void says_nothing_of_its_load_where_it_is_not_told() throws Exception {
        llama.withoutSlots();

        BackendStatus status = probe();

        assertThat(status.state()).isEqualTo(BackendState.READY);
        assertThat(status.load()).isEmpty();
    }

    @Test
    void a_server_too_busy_to_say_how_busy_it_is_is_well() throws Exception {
        llama.server().on("/slots", Reply.stall());

        BackendStatus status = probe();

        assertThat(status.state()).isEqualTo(BackendState.READY);
        assertThat(status.load()).isEmpty();
    }

    @Test
    void a_process_that_hangs_is_no_trouble_of_its_router() throws Exception {
        llama.routing(LlamaModel.named("qwen")).loaded("qwen");
        llama.server().on(request -> request.target().contains("model=qwen"), request -> Reply.stall());

        BackendStatus status = probe();

        assertThat(status.state()).isEqualTo(BackendState.READY);
        assertThat(only(status).loaded()).contains(true);
    }

    @Test
    void says_what_to_do_about_a_key_that_is_not_accepted() {
        llama.requiring("another");

        BackendException refused = failure(backend);

        assertThat(refused.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
        assertThat(refused).hasMessageContaining("`api-key`").hasMessageContaining("Invalid API Key");
    }

    @Test
    void opens_the_server_with_its_key() throws Exception {
        llama.requiring("k-1");
        try (Backend keyed = Backends.make(Backends.config(llama.uri()).withPresent(HttpOptions.API_KEY, "k-1"))) {
            assertThat(keyed.probe(soon()).state()).isEqualTo(BackendState.READY);
        }
    }

    @Test
    void a_server_that_only_clients_have_a_key_to_is_well_if_its_health_says_so() throws Exception {
        llama.requiring("theirs");
        try (Backend keyless =
                Backends.make(Backends.config(llama.uri()).with(HttpOptions.CREDENTIALS, Credentials.CLIENT))) {
            BackendStatus status = keyless.probe(soon());

            assertThat(status.state()).isEqualTo(BackendState.READY);
            assertThat(status.models()).isEmpty();
            assertThat(status.detail()).contains("`models:`");
        }
    }

    @Test
    void a_server_that_is_no_llama_server_is_told_which_type_to_take() {
        llama.server().on("/props", Reply.json(404, "{\"detail\":\"Not Found\"}"));

        assertThat(failure(backend)).hasMessageContaining("/props").hasMessageContaining("`openai`");
    }

    @Test
    void sees_in_router_mode_what_is_loaded_and_what_could_be() throws Exception {
        llama.routing(
                        LlamaModel.named("qwen").aliased("q", "gemma"),
                        LlamaModel.named("gemma").holding(2048))
                .loaded("gemma");

        BackendStatus status = probe();

        List<ModelInfo> models = status.models().orElseThrow();
        assertThat(models).extracting(ModelInfo::name).containsExactly("qwen", "gemma");
        assertThat(models).extracting(model -> model.loaded().orElseThrow()).containsExactly(false, true);
        assertThat(models.getFirst().contextTokens()).isEmpty();
        assertThat(models.getLast().contextTokens()).hasValue(2048);
        assertThat(models).extracting(ModelInfo::state).as("as their server").containsOnly(BackendState.UNKNOWN);
        assertThat(models.getLast().support(Capability.TOOLS)).isEqualTo(Support.YES);
        assertThat(status.detail()).isEqualTo("b10587-abc; router mode, 1 of 2 models loaded");
        assertThat(status.toString()).as("paths of files").doesNotContain("/srv/models");
        assertThat(backend.means("q", "qwen")).isTrue();
        assertThat(backend.means("gemma", "qwen"))
                .as("a model's own name means itself")
                .isFalse();
    }

    @Test
    void asks_each_process_once_and_remembers_what_it_said() throws Exception {
        llama.routing(LlamaModel.named("qwen"), LlamaModel.named("gemma")).loaded("qwen");

        probe();
        probe();
        assertThat(askedAbout("qwen")).isEqualTo(1);

        llama.crashes("qwen");
        assertThat(probe().models().orElseThrow().getFirst().support(Capability.TOOLS))
                .isEqualTo(Support.YES);
        llama.loaded("qwen");
        probe();
        assertThat(askedAbout("qwen"))
                .as("another process may have been told otherwise")
                .isEqualTo(2);
        assertThat(askedAbout("gemma")).isZero();
    }

    @Test
    void sees_a_model_of_a_router_that_is_loading_one_that_sleeps_and_one_that_failed() throws Exception {
        llama.routing(LlamaModel.named("qwen"), LlamaModel.named("gemma"), LlamaModel.named("odd"))
                .loaded("gemma")
                .sleeps("gemma")
                .loaded("odd")
                .crashes("odd")
                .loadingFor(Gate.closed());
        Thread.ofVirtual().start(() -> ask());
        while (!llama.resident().contains("qwen")) {
            Thread.onSpinWait();
        }

        BackendStatus status = probe();

        List<ModelInfo> models = status.models().orElseThrow();
        assertThat(models)
                .extracting(ModelInfo::state)
                .containsExactly(BackendState.LOADING, BackendState.UNKNOWN, BackendState.UNKNOWN);
        assertThat(models).extracting(model -> model.loaded().orElseThrow()).containsOnly(false);
        assertThat(status.detail()).contains("\"odd\" (exit code 1)");
        assertThat(llama.server().requests())
                .extracting(ReceivedRequest::target)
                .as("a question would wake it")
                .noneMatch(target -> target.contains("gemma"));
    }

    @Test
    void a_process_that_dies_while_it_is_asked_is_no_trouble_of_the_router() throws Exception {
        llama.routing(LlamaModel.named("qwen")).loaded("qwen");
        llama.server()
                .on(
                        request -> request.target().startsWith("/props?"),
                        request -> Reply.text(500, "proxy error: Failed to read connection"));

        assertThat(probe().state()).isEqualTo(BackendState.READY);
    }

    @Test
    void describes_one_model() throws Exception {
        ModelCatalog catalog = backend.ability(ModelCatalog.class).orElseThrow();
        assertThat(catalog.describe("tiny-model", soon()).orElseThrow().contextTokens())
                .hasValue(4096);
        assertThat(catalog.describe("nobody", soon())).isEmpty();

        llama.routing(LlamaModel.named("qwen").holding(2048), LlamaModel.named("gemma"))
                .loaded("qwen");
        assertThat(catalog.describe("qwen", soon()).orElseThrow().support(Capability.TOOLS))
                .isEqualTo(Support.YES);
        assertThat(catalog.describe("gemma", soon()).orElseThrow().loaded()).contains(false);
        assertThat(llama.resident()).containsExactly("qwen");
    }

    private BackendStatus probe() throws Exception {
        return backend.probe(soon());
    }

    private static ModelInfo only(BackendStatus status) {
        assertThat(status.models().orElseThrow()).hasSize(1);
        return status.models().orElseThrow().getFirst();
    }

    private static BackendException failure(Backend backend) {
        return catchThrowableOfType(BackendException.class, () -> backend.probe(soon()));
    }

    private long askedAbout(String model) {
        return llama.server().requests().stream()
                .filter(request -> request.target().startsWith("/props?model=" + model))
                .count();
    }

    private void ask() {
        try {
            backend.exchange(Calls.chatStream("qwen")).close();
        } catch (BackendException | InterruptedException ended) {
            // with the server
        }
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }
}
