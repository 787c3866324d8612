package dev.signalbox.backend.openai;

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
import dev.signalbox.testkit.Flavor;
import dev.signalbox.testkit.ReceivedRequest;
import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.ScriptedOpenAi;
import dev.signalbox.testkit.ScriptedServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a probe finds out. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OpenAiProbeTest {

    private final ScriptedServer server = ScriptedServer.start();

    @AfterEach
    void end() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"OPENAI,openai", "SGLANG,sglang", "TGI,tgi", "LM_STUDIO,lmstudio", "VLLM,generic"})
    void lists_the_models_of_every_kind_of_server(Flavor flavor, String preset) throws Exception {
        try (ScriptedOpenAi runtime = ScriptedOpenAi.start(flavor).serving("one", "org/two:q4");
                Backend backend = Backends.at(runtime.uri(), preset)) {
            BackendStatus status = backend.probe(soon());

            assertThat(status.state()).isEqualTo(BackendState.READY);
            assertThat(status.models().orElseThrow())
                    .extracting(ModelInfo::name)
                    .containsExactly("one", "org/two:q4");
            assertThat(runtime.server().generations()).isZero();
        }
    }

    @Test
    void lm_studio_speaks_its_newer_dialects_if_it_has_lists_of_its_own_or_if_it_is_said() throws Exception {
        try (ScriptedOpenAi studio = ScriptedOpenAi.start(Flavor.LM_STUDIO).serving("m");
                Backend backend = Backends.at(studio.uri(), "lmstudio");
                Backend said = Backends.make(Backends.config(studio.uri(), "lmstudio")
                        .withPresent(OpenAiBackendFactory.DIALECTS, List.of("anthropic.messages")))) {
            assertThat(backend.probe(soon()).dialects().orElseThrow())
                    .contains(Dialect.ANTHROPIC_MESSAGES, Dialect.OPENAI_RESPONSES);

            studio.older();
            assertThat(backend.probe(soon()).dialects().orElseThrow())
                    .contains(Dialect.OPENAI_CHAT)
                    .doesNotContain(Dialect.ANTHROPIC_MESSAGES, Dialect.OPENAI_RESPONSES);
            assertThat(said.probe(soon()).dialects()).isEmpty();
            assertThat(said.dialects()).containsExactly(Dialect.ANTHROPIC_MESSAGES);
        }
    }

    @Test
    void a_sign_that_is_locked_away_is_there() throws Exception {
        models("{\"data\":[{\"id\":\"m\"}]}");
        server.on("/api/v1/models", Reply.json(401, "{\"error\":\"An API token is required\"}"));

        assertThat(probe("lmstudio").dialects().orElseThrow()).contains(Dialect.ANTHROPIC_MESSAGES);
    }

    @Test
    void tells_the_context_where_the_list_does() throws Exception {
        models("{\"data\":[{\"id\":\"a\",\"max_model_len\":40960},{\"id\":\"b\",\"context_length\":8192},"
                + "{\"id\":\"c\",\"context_window\":1024},{\"id\":\"d\",\"max_model_len\":-1},"
                + "{\"id\":\"e\",\"max_model_len\":\"many\"}]}");

        assertThat(probe("generic").models().orElseThrow())
                .extracting(model -> model.contextTokens().orElse(0))
                .containsExactly(40960L, 8192L, 1024L, 0L, 0L);
    }

    @Test
    void entries_without_a_name_are_left_out() throws Exception {
        models("{\"data\":[{},{\"id\":\"\"},{\"id\":7},null,{\"id\":\"m\"}]}");

        assertThat(probe("generic").models().orElseThrow())
                .extracting(ModelInfo::name)
                .contains("m")
                .doesNotContain("");
    }

    @Test
    void a_list_of_null_is_an_empty_one() throws Exception {
        models("{\"object\":\"list\",\"data\":null}");

        BackendStatus status = probe("generic");

        assertThat(status.state()).isEqualTo(BackendState.READY);
        assertThat(status.models().orElseThrow()).isEmpty();
    }

    @Test
    void what_a_preset_knows_of_all_models_is_said_of_each() throws Exception {
        server.on("/health", Reply.status(200));
        models("{\"data\":[{\"id\":\"m\"}]}");

        assertThat(probe("tgi").models().orElseThrow()).singleElement().satisfies(model -> {
            assertThat(model.support(Capability.EMBEDDINGS)).isEqualTo(Support.NO);
            assertThat(model.support(Capability.CHAT)).isEqualTo(Support.UNKNOWN);
        });
    }

    @Test
    void asks_for_health_first_where_the_server_tells() throws Exception {
        server.otherwise(request -> Reply.json(200, "{\"data\":[]}"));

        probe("localai");

        assertThat(server.requests()).extracting(ReceivedRequest::path).containsExactly("/readyz", "/v1/models");
    }

    @Test
    void does_not_ask_for_health_where_that_costs_a_generation() throws Exception {
        server.otherwise(request -> Reply.json(200, "{\"data\":[]}"));

        probe("sglang");

        assertThat(server.requests()).extracting(ReceivedRequest::path).containsExactly("/v1/models");
    }

    @Test
    void a_server_that_starts_is_loading_and_one_that_is_sick_is_not_there() {
        server.on("/readyz", Reply.json(503, "{\"status\":\"starting\",\"reason\":\"startup preload in progress\"}"));
        server.on("/health", Reply.json(503, "{\"error\":\"unhealthy\",\"error_type\":\"healthcheck\"}"));

        assertThat(failure("localai").kind()).isEqualTo(FailureKind.LOADING);
        assertThat(failure("tgi").kind()).isEqualTo(FailureKind.UNREACHABLE);
    }

    @ParameterizedTest
    @CsvSource({"404", "405", "501"})
    void a_server_without_a_list_may_be_well(int status) throws Exception {
        server.on("/v1/models", Reply.json(status, "{\"detail\":\"Not Found\"}"));
        server.on("/health", Reply.status(200));

        BackendStatus generic = probe("generic");
        assertThat(generic.state()).isEqualTo(BackendState.UNKNOWN);
        assertThat(generic.models()).isEmpty();
        assertThat(generic.detail()).contains("models:");
        assertThat(probe("tgi").state()).as("it said that it is well").isEqualTo(BackendState.READY);
    }

    @Test
    void a_key_that_is_not_accepted_is_told_as_what_it_is() throws Exception {
        try (ScriptedOpenAi runtime = ScriptedOpenAi.start().requiring("right-key");
                Backend wrong = Backends.at(runtime.uri(), "openai", "wrong-key");
                Backend right = Backends.at(runtime.uri(), "openai", "right-key")) {
            BackendException refused = catchThrowableOfType(BackendException.class, () -> wrong.probe(soon()));
            assertThat(refused.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
            assertThat(refused).hasMessageContaining("api-key").hasMessageContaining("The key is not known here.");

            assertThat(right.probe(soon()).state()).isEqualTo(BackendState.READY);
        }
    }

    @Test
    void with_the_clients_key_a_probe_has_none_and_does_not_hold_that_against_the_server() throws Exception {
        PluginConfig config =
                Backends.config(server.uri(), "openai").with(HttpOptions.CREDENTIALS, HttpOptions.Credentials.CLIENT);
        server.on("/v1/models", Reply.json(401, "{\"error\":{\"message\":\"no key\"}}"));

        try (Backend backend = Backends.make(config)) {
            assertThat(backend.probe(soon()).state()).isEqualTo(BackendState.UNKNOWN);
        }
    }

    @Test
    void whoever_answers_everything_with_an_error_is_not_ready() {
        models("{\"error\":\"Unexpected endpoint or method. (GET /v1/models)\"}");

        assertThat(failure("lmstudio").kind()).isEqualTo(FailureKind.BROKEN_REPLY);
    }

    private void models(String json) {
        server.on("/v1/models", Reply.json(200, json));
    }

    private BackendStatus probe(String preset) throws Exception {
        try (Backend backend = Backends.at(server.uri(), preset)) {
            return backend.probe(soon());
        }
    }

    private BackendException failure(String preset) {
        return catchThrowableOfType(BackendException.class, () -> probe(preset));
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }
}
