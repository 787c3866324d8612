package dev.signalbox.backend.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Capability;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Support;
import dev.signalbox.testkit.OllamaModel;
import dev.signalbox.testkit.Reply;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How often models are asked what they are, and what if they do not say. */
class DescriptionsTest extends ProbeFixture {

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

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void one_that_cannot_be_described_right_now_is_asked_for_again(int status) throws Exception {
        ollama.server()
                .on("/api/show", Reply.text(status, "not now"), Reply.json(200, "{\"parameters\":\"num_ctx 9000\"}"));

        assertThat(probe().state()).isEqualTo(BackendState.READY);
        assertThat(models().get("qwen3:8b").contextTokens()).hasValue(9_000);
    }

    private long shows() {
        return ollama.server().requests().stream()
                .filter(request -> request.path().equals("/api/show"))
                .count();
    }
}
