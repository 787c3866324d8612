package dev.signalbox.backend.vllm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

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
import dev.signalbox.spi.LoadSignal.Load;
import dev.signalbox.testkit.ReceivedRequest;
import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.ScriptedVllm;
import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a probe finds out. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class VllmProbeTest {

    private final ScriptedVllm vllm = ScriptedVllm.start();
    private final Backend backend = Backends.at(vllm.uri());

    @AfterEach
    void end() {
        backend.close();
        vllm.close();
    }

    @Test
    void tells_version_load_models_and_their_context() throws Exception {
        vllm.version("0.21.1").serving("qwen", "gpt-4o").context(32_768).busy(2, 0.5);

        BackendStatus status = probe();

        assertThat(status.state()).isEqualTo(BackendState.READY);
        assertThat(status.detail()).isEqualTo("0.21.1");
        assertThat(status.load()).contains(new Load(0, 2, OptionalDouble.of(0.5)));
        assertThat(status.models().orElseThrow()).extracting(ModelInfo::name).containsExactly("qwen", "gpt-4o");
        assertThat(status.models().orElseThrow()).allSatisfy(model -> {
            assertThat(model.contextTokens()).hasValue(32_768);
            assertThat(model.loaded()).contains(true);
        });
        assertThat(vllm.server().generations()).isZero();
    }

    @Test
    void an_adapter_has_the_context_of_its_model() throws Exception {
        vllm.serving("qwen").adapting("sql").context(8_192);

        assertThat(probe().models().orElseThrow())
                .extracting(ModelInfo::name, model -> model.contextTokens().orElse(0))
                .containsExactly(tuple("qwen", 8_192L), tuple("sql", 8_192L));
    }

    @Test
    void a_list_that_makes_little_sense_is_read_as_far_as_it_does() throws Exception {
        vllm.server()
                .on(
                        "/v1/models",
                        Reply.json(
                                200,
                                "{\"data\":[{\"id\":\"a\",\"max_model_len\":-1},{\"id\":\"b\",\"parent\":\"b\"},"
                                        + "{\"id\":\"c\",\"parent\":\"nobody\"},{\"parent\":\"a\"},7,null]}"));

        assertThat(probe().models().orElseThrow()).extracting(ModelInfo::name).contains("a", "b", "c");
    }

    @Test
    void a_model_that_generates_is_not_asked_for_vectors() throws Exception {
        BackendStatus status = probe();

        assertThat(status.dialects().orElseThrow())
                .containsExactlyInAnyOrder(
                        Dialect.OPENAI_CHAT,
                        Dialect.OPENAI_COMPLETIONS,
                        Dialect.OPENAI_RESPONSES,
                        Dialect.ANTHROPIC_MESSAGES,
                        Dialect.ANTHROPIC_COUNT_TOKENS);
        assertThat(status.models().orElseThrow()).singleElement().satisfies(model -> {
            assertThat(model.support(Capability.CHAT)).isEqualTo(Support.YES);
            assertThat(model.support(Capability.JSON_SCHEMA)).isEqualTo(Support.YES);
            assertThat(model.support(Capability.EMBEDDINGS)).isEqualTo(Support.NO);
            assertThat(model.support(Capability.RERANK)).isEqualTo(Support.NO);
            assertThat(model.support(Capability.TOOLS)).isEqualTo(Support.UNKNOWN);
        });
    }

    @Test
    void a_model_that_makes_vectors_is_not_asked_to_chat() throws Exception {
        vllm.doing(ScriptedVllm.Task.POOLING);

        BackendStatus status = probe();

        assertThat(status.dialects().orElseThrow())
                .containsExactlyInAnyOrder(Dialect.OPENAI_EMBEDDINGS, Dialect.OPENAI_RERANK, Dialect.OPENAI_SCORE);
        assertThat(status.models().orElseThrow()).singleElement().satisfies(model -> {
            assertThat(model.support(Capability.CHAT)).isEqualTo(Support.NO);
            assertThat(model.support(Capability.STREAMING)).isEqualTo(Support.UNKNOWN);
            assertThat(model.support(Capability.EMBEDDINGS)).isEqualTo(Support.YES);
        });
    }

    @Test
    void a_version_that_knows_anthropics_api_is_asked_in_it() throws Exception {
        vllm.server()
                .on(
                        "/openapi.json",
                        Reply.json(
                                200,
                                "{\"paths\":{\"/v1/chat/completions\":{\"post\":{}},\"/v1/messages\":{\"post\":{}},"
                                        + "\"/v1/responses\":{\"post\":{}},\"/v1/embeddings\":{\"get\":{}},"
                                        + "\"/v1/messages/count_tokens\":{\"post\":{}}}}"));

        assertThat(probe().dialects().orElseThrow())
                .containsExactlyInAnyOrder(
                        Dialect.OPENAI_CHAT,
                        Dialect.OPENAI_RESPONSES,
                        Dialect.ANTHROPIC_MESSAGES,
                        Dialect.ANTHROPIC_COUNT_TOKENS);
    }

    @Test
    void routes_are_asked_for_again_only_when_the_server_is_another() throws Exception {
        probe();
        probe();
        assertThat(asked("/openapi.json")).isEqualTo(1);

        vllm.version("0.20.0");
        probe();
        assertThat(asked("/openapi.json")).isEqualTo(2);

        vllm.doing(ScriptedVllm.Task.POOLING).serving("vectors");
        assertThat(probe().dialects().orElseThrow()).contains(Dialect.OPENAI_EMBEDDINGS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"paths\":[]}", "{\"paths\":{\"/other\":{\"post\":{}}}}", "[1]", "nonsense"})
    void a_server_that_keeps_its_routes_to_itself_is_tried_with_anything(String description) throws Exception {
        vllm.server().on("/openapi.json", Reply.json(200, description));

        BackendStatus status = probe();

        assertThat(status.dialects()).isEmpty();
        assertThat(status.models().orElseThrow())
                .singleElement()
                .satisfies(model ->
                        assertThat(model.support(Capability.EMBEDDINGS)).isEqualTo(Support.UNKNOWN));
    }

    @Test
    void a_server_that_tells_nothing_but_its_models_is_ready() throws Exception {
        vllm.hidingRoutes();
        vllm.server().on(request -> !request.path().startsWith("/v1/"), request -> Reply.status(404));

        BackendStatus status = probe();

        assertThat(status.state()).isEqualTo(BackendState.READY);
        assertThat(status.load()).isEmpty();
        assertThat(status.detail()).isEmpty();
    }

    @Test
    void metrics_that_make_no_sense_are_no_reason_to_think_it_down() throws Exception {
        vllm.server().on("/metrics", Reply.text(200, "vllm:num_requests_running many\n"));

        assertThat(probe().state()).isEqualTo(BackendState.READY);
        assertThat(probe().load()).isEmpty();

        vllm.server().on("/metrics", Reply.status(500));
        assertThat(probe().state()).isEqualTo(BackendState.READY);
    }

    @Test
    void a_server_that_falls_silent_in_the_middle_is_not_ready() {
        vllm.server().on("/metrics", Reply.hangUp());

        assertThat(failure(backend).kind()).isEqualTo(FailureKind.UNREACHABLE);
    }

    @Test
    void a_dead_engine_is_nobody_there() {
        vllm.dies();

        assertThat(failure(backend).kind()).isEqualTo(FailureKind.UNREACHABLE);
    }

    @Test
    void nobody_is_there_while_it_loads_its_model_and_after_it_has_ended() throws Exception {
        vllm.server().stopListening();
        assertThat(failure(backend).kind()).isEqualTo(FailureKind.UNREACHABLE);

        vllm.server().listenAgain();
        assertThat(probe().state()).isEqualTo(BackendState.READY);

        vllm.dies();
        vllm.server().stopListening();
        assertThat(failure(backend).kind()).isEqualTo(FailureKind.UNREACHABLE);
    }

    @Test
    void connections_that_it_closed_meanwhile_are_no_failure() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(probe().state()).isEqualTo(BackendState.READY);
            vllm.server().closeIdleConnections();
        }
    }

    @Test
    void one_that_sleeps_is_ready_and_has_nothing_in_memory() throws Exception {
        vllm.sleepable().asleep(true);

        BackendStatus status = probe();

        assertThat(status.state()).isEqualTo(BackendState.READY);
        assertThat(status.detail()).isEqualTo("0.19.0 asleep");
        assertThat(status.models().orElseThrow())
                .allSatisfy(model -> assertThat(model.loaded()).contains(false));
    }

    @Test
    void a_key_that_is_not_accepted_is_told_as_what_it_is() throws Exception {
        vllm.requiring("right-key");

        try (Backend wrong = Backends.at(vllm.uri(), "wrong-key");
                Backend right = Backends.at(vllm.uri(), "right-key")) {
            BackendException refused = failure(wrong);
            assertThat(refused.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
            assertThat(refused).hasMessageContaining("api-key").hasMessageContaining("Unauthorized");

            assertThat(right.probe(soon()).state()).isEqualTo(BackendState.READY);
        }
    }

    @Test
    void with_the_clients_key_its_health_is_all_that_is_known() throws Exception {
        vllm.requiring("of-the-client");

        try (Backend none = Backends.make(
                Backends.config(vllm.uri()).with(HttpOptions.CREDENTIALS, HttpOptions.Credentials.CLIENT))) {
            BackendStatus status = none.probe(soon());
            assertThat(status.state()).isEqualTo(BackendState.READY);
            assertThat(status.models()).isEmpty();
            assertThat(status.detail()).contains("models:");
        }
    }

    private long asked(String path) {
        return vllm.server().requests().stream()
                .map(ReceivedRequest::path)
                .filter(path::equals)
                .count();
    }

    private BackendStatus probe() throws Exception {
        return backend.probe(soon());
    }

    private static BackendException failure(Backend backend) {
        return catchThrowableOfType(BackendException.class, () -> backend.probe(soon()));
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }
}
