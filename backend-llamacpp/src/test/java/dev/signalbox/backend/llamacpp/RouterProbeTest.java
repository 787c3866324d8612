package dev.signalbox.backend.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Capability;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Support;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.testkit.Calls;
import dev.signalbox.testkit.Gate;
import dev.signalbox.testkit.LlamaModel;
import dev.signalbox.testkit.ReceivedRequest;
import dev.signalbox.testkit.Reply;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a probe sees of a llama-server in router mode and of the processes behind it. */
class RouterProbeTest extends ProbeFixture {

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
    void sees_what_models_are_started_for_before_they_are() throws Exception {
        llama.routing(LlamaModel.named("qwen"));
        String entry = "{\"id\":\"%s\",\"status\":{\"value\":\"unloaded\",\"args\":[\"llama-server\",\"%s\"]}}";
        llama.server()
                .on(
                        "/v1/models",
                        Reply.json(
                                200,
                                Stream.of("--embedding", "--embeddings", "--rerank", "--reranking", "--jinja")
                                        .map(flag -> entry.formatted(flag.substring(2), flag))
                                        .collect(Collectors.joining(",", "{\"data\":[", "]}"))));

        assertThat(probe().models().orElseThrow())
                .extracting(
                        ModelInfo::name,
                        model -> model.support(Capability.EMBEDDINGS),
                        model -> model.support(Capability.RERANK))
                .containsExactly(
                        tuple("embedding", Support.YES, Support.UNKNOWN),
                        tuple("embeddings", Support.YES, Support.UNKNOWN),
                        tuple("rerank", Support.UNKNOWN, Support.YES),
                        tuple("reranking", Support.UNKNOWN, Support.YES),
                        tuple("jinja", Support.UNKNOWN, Support.UNKNOWN));
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
    void a_process_that_hangs_is_no_trouble_of_its_router() throws Exception {
        llama.routing(LlamaModel.named("qwen")).loaded("qwen");
        llama.server().on(request -> request.target().contains("model=qwen"), request -> Reply.stall());

        BackendStatus status = probe();

        assertThat(status.state()).isEqualTo(BackendState.READY);
        assertThat(only(status).loaded()).contains(true);
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
}
