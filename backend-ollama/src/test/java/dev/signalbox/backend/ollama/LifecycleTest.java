package dev.signalbox.backend.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.ModelLifecycle;
import dev.signalbox.spi.ModelLifecycle.Resident;
import dev.signalbox.spi.ModelLifecycle.Wish;
import dev.signalbox.testkit.Gate;
import dev.signalbox.testkit.LifecycleFixture;
import dev.signalbox.testkit.OllamaModel;
import dev.signalbox.testkit.ReceivedRequest;
import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.ScriptedOllama;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Models come and go when they are told to, and it is not said before it is so. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LifecycleTest extends LifecycleFixture<ScriptedOllama> {

    private final ScriptedOllama ollama = runtime;

    LifecycleTest() {
        super(ScriptedOllama.start(), (server, context) -> Backends.at(server));
    }

    @Test
    void tells_what_is_in_memory() throws Exception {
        ollama.installed(OllamaModel.named("m").sized(4_000)).loaded("m");

        assertThat(lifecycle.residents(soon()))
                .containsExactly(new Resident("m", OptionalLong.of(5_000), OptionalLong.of(4096)));
    }

    @Test
    void loading_returns_when_the_model_is_there() throws Exception {
        Gate gate = Gate.closed();
        ollama.loadingFor(gate);

        Future<Void> loading = run(() -> lifecycle.load("qwen3:8b", soon()));
        assertThat(gate.reached()).succeedsWithin(PATIENCE);
        assertThat(loading).isNotDone();
        gate.open();

        assertThat(loading).succeedsWithin(PATIENCE);
        assertThat(ollama.resident()).containsExactly("qwen3:8b");
        assertThat(ollama.server().generations()).as("nothing was generated").isZero();
    }

    @Test
    void loading_keeps_the_model_as_long_as_configured() throws Exception {
        try (Backend keeping =
                Backends.make(Backends.config(ollama.uri()).withPresent(OllamaBackendFactory.KEEP_ALIVE, "forever"))) {
            keeping.ability(ModelLifecycle.class).orElseThrow().load("qwen3:8b", soon());
        }
        lifecycle.load("qwen3:8b", soon());

        assertThat(ollama.server().request(0).text())
                .isEqualTo("{\"model\":\"qwen3:8b\",\"stream\":false,\"keep_alive\":-1}");
        assertThat(ollama.server().request(1).text()).isEqualTo("{\"model\":\"qwen3:8b\",\"stream\":false}");
    }

    @Test
    void loading_asks_for_the_context_that_requests_will_ask_for() throws Exception {
        try (Backend roomy = Backends.make(Backends.config(ollama.uri())
                .withPresent(OllamaBackendFactory.SPEAK, "ollama.chat")
                .with(OllamaBackendFactory.NUM_CTX, Map.of("qwen3*", 32_768L)))) {
            roomy.ability(ModelLifecycle.class).orElseThrow().load("qwen3:8b", soon());
        }

        assertThat(ollama.server().request(0).text())
                .isEqualTo("{\"model\":\"qwen3:8b\",\"stream\":false,\"options\":{\"num_ctx\":32768}}");
    }

    @Test
    void loading_asks_for_the_context_that_a_request_wishes_before_that_of_the_others() throws Exception {
        try (Backend roomy = Backends.make(Backends.config(ollama.uri())
                .withPresent(OllamaBackendFactory.SPEAK, "ollama.chat")
                .with(OllamaBackendFactory.NUM_CTX, Map.of("qwen3*", 32_768L)))) {
            ModelLifecycle wide = roomy.ability(ModelLifecycle.class).orElseThrow();
            wide.load("qwen3:8b", new Wish(Optional.empty(), OptionalLong.of(65_536)), soon());
        }

        assertThat(ollama.server().request(0).text())
                .isEqualTo("{\"model\":\"qwen3:8b\",\"stream\":false,\"options\":{\"num_ctx\":65536}}");
    }

    @Test
    void loading_keeps_the_model_as_long_as_the_router_wishes_where_nothing_is_configured() throws Exception {
        lifecycle.load("qwen3:8b", Wish.keeping(Duration.ofMinutes(10)), soon());
        lifecycle.load("qwen3:8b", Wish.keeping(ModelLifecycle.FOR_EVER), soon());
        try (Backend keeping =
                Backends.make(Backends.config(ollama.uri()).withPresent(OllamaBackendFactory.KEEP_ALIVE, "1h"))) {
            keeping.ability(ModelLifecycle.class)
                    .orElseThrow()
                    .load("qwen3:8b", Wish.keeping(Duration.ofMinutes(10)), soon());
        }

        assertThat(ollama.server().requests())
                .extracting(ReceivedRequest::text)
                .containsExactly(
                        "{\"model\":\"qwen3:8b\",\"stream\":false,\"keep_alive\":\"600s\"}",
                        "{\"model\":\"qwen3:8b\",\"stream\":false,\"keep_alive\":-1}",
                        "{\"model\":\"qwen3:8b\",\"stream\":false,\"keep_alive\":\"1h\"}");
    }

    @Test
    void a_model_that_makes_vectors_only_is_loaded_in_its_own_way() throws Exception {
        ollama.installed(OllamaModel.named("vectors").able("embedding"));
        ollama.server()
                .on("/api/generate", Reply.json(400, "{\"error\":\"\\\"vectors\\\" does not support generate\"}"));

        lifecycle.load("vectors", soon());

        assertThat(ollama.resident()).containsExactly("vectors");
        assertThat(ollama.server().requests())
                .extracting(ReceivedRequest::path)
                .containsExactly("/api/generate", "/api/embed");
    }

    @Test
    void a_model_that_does_not_fit_says_so() {
        ollama.failsToLoad("model requires more system memory (9.2 GiB) than is available (4.0 GiB)");
        assertThat(loadFailure("qwen3:8b")).isEqualTo(FailureKind.OUT_OF_MEMORY);

        ollama.failsToLoad("llama-server process has terminated: exit status 1: cudaMalloc failed: out of memory");
        assertThat(loadFailure("qwen3:8b")).isEqualTo(FailureKind.OUT_OF_MEMORY);

        ollama.failsToLoad("llama-server process has terminated: exit status 1: unknown architecture");
        assertThat(loadFailure("qwen3:8b")).isEqualTo(FailureKind.MODEL_UNAVAILABLE);

        assertThat(loadFailure("nobody")).isEqualTo(FailureKind.MODEL_UNAVAILABLE);
    }

    @Test
    void loading_ends_at_the_deadline() {
        ollama.loadingFor(Gate.closed());

        BackendException late = failure(() -> lifecycle.load("qwen3:8b", Deadline.after(Duration.ofMillis(200))));

        assertThat(late.kind()).isEqualTo(FailureKind.TIMED_OUT);
    }

    @Test
    void unloading_returns_when_the_model_is_gone_and_not_when_that_is_promised() throws Exception {
        Gate gate = Gate.closed();
        ollama.loaded("qwen3:8b").unloadingFor(gate);

        Future<Void> unloading = run(() -> lifecycle.unload("Qwen3:8B", soon()));
        ollama.server().request(2); // looked, said so, and looked again
        assertThat(unloading).isNotDone();
        gate.open();

        assertThat(unloading).succeedsWithin(PATIENCE);
        assertThat(ollama.resident()).isEmpty();
        assertThat(ollama.server().request(1).text()).contains("\"keep_alive\":0");
    }

    @Test
    void unloading_what_is_not_there_asks_nobody_to_do_anything() throws Exception {
        lifecycle.unload("qwen3:8b", soon());
        lifecycle.unload("nobody", soon());

        assertThat(ollama.server().requests()).extracting(ReceivedRequest::path).containsExactly("/api/ps", "/api/ps");
    }

    @Test
    void a_model_that_does_not_go_is_told_at_the_deadline() {
        ollama.loaded("qwen3:8b").unloadingFor(Gate.closed());

        BackendException late = failure(() -> lifecycle.unload("qwen3:8b", Deadline.after(Duration.ofMillis(300))));

        assertThat(late.kind()).isEqualTo(FailureKind.TIMED_OUT);
    }

    @Test
    void a_list_that_makes_no_sense_is_a_broken_reply() {
        ollama.server().on("/api/ps", Reply.json(200, "{}"));

        assertThat(failure(() -> lifecycle.residents(soon())).kind()).isEqualTo(FailureKind.BROKEN_REPLY);
    }

    private FailureKind loadFailure(String model) {
        return failure(() -> lifecycle.load(model, soon())).kind();
    }
}
