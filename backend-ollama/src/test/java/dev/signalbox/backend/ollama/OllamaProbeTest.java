package dev.signalbox.backend.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.testkit.Reply;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a probe finds out about an Ollama. */
class OllamaProbeTest extends ProbeFixture {

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
        show("m", Reply.json(200, "[]"));

        ModelInfo model = models().get("m");

        assertThat(model.loaded()).isEqualTo(Optional.of(true));
        assertThat(model.diskBytes()).isEmpty();
        assertThat(model.memoryBytes()).isEmpty();
        assertThat(model.contextTokens()).isEmpty();
    }
}
