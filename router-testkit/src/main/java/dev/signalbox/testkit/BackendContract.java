package dev.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Deadline;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.spi.LoadSignal;
import dev.signalbox.spi.ModelCatalog;
import dev.signalbox.spi.ModelLifecycle;
import dev.signalbox.spi.TokenCounter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every backend promises. Extend it, say how to make yours, and the promises become tests.
 *
 * <p>{@snippet :
 * class OllamaBackendContractTest extends BackendContract {
 *     @Override
 *     protected Backend backendFor(URI server) {
 *         return new OllamaBackend(server);
 *     }
 * }
 * }
 *
 * <p>Each test has its own {@link #server} and {@link #backend}; add tests of your own beside the inherited ones.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class BackendContract extends BackendEnds {

    /** Paths at which some runtime would load a model. */
    private static final Set<String> LOADING_PATHS = Set.of(
            "/api/chat",
            "/api/generate",
            "/api/embed",
            "/api/embeddings",
            "/v1/chat/completions",
            "/v1/completions",
            "/v1/embeddings",
            "/v1/responses",
            "/v1/messages",
            "/models/load",
            "/api/v1/models/load",
            "/backend/load");

    @Test
    void always_speaks_the_same_dialects() {
        assertThat(backend.dialects()).isNotEmpty().isEqualTo(backend.dialects());
    }

    @Test
    void always_has_the_same_abilities() {
        for (Class<?> ability :
                List.of(ModelCatalog.class, ModelLifecycle.class, LoadSignal.class, TokenCounter.class)) {
            assertThat(backend.ability(ability).isPresent())
                    .isEqualTo(backend.ability(ability).isPresent());
        }
        assertThat(backend.ability(BackendContract.class)).isEmpty();
    }

    @Test
    void knows_a_model_by_its_own_name() {
        assertThat(backend.means("test-model", "test-model")).isTrue();
    }

    @Test
    void a_probe_ends_at_its_deadline() {
        server.otherwise(request -> Reply.stall());

        Later<Boolean> ready = Later.run(() -> findsReady(backend));

        assertThat(ready.result()).succeedsWithin(PATIENCE).isEqualTo(false);
    }

    @Test
    void a_probe_ends_when_it_is_interrupted() throws Exception {
        server.otherwise(request -> Reply.stall());
        Later<BackendStatus> probe = Later.run(() -> backend.probe(Deadline.after(PATIENCE)));
        if (asksNobody(probe)) {
            return;
        }

        probe.interrupt();

        assertThat(probe.result()).failsWithin(AT_ONCE);
    }

    @TestFactory
    Stream<DynamicTest> a_probe_takes_nobody_for_its_server_who_is_not() {
        return Map.of(
                        "a page", Reply.text(200, "<html><body>Welcome</body></html>"),
                        "another API", Reply.json(200, "{\"error\":\"Unexpected endpoint or method.\"}"),
                        "noise", Reply.noise("SSH-2.0-OpenSSH_9.9\r\n"),
                        "nothing", Reply.hangUp(),
                        "an error", Reply.json(500, "{}"))
                .entrySet()
                .stream()
                .map(reply -> dynamicTest(reply.getKey(), () -> {
                    server.otherwise(request -> reply.getValue());
                    assertThat(findsReady(backend)).isFalse();
                }));
    }

    @Test
    void a_probe_finds_nobody_where_nobody_listens() throws Exception {
        try (ClosedPort port = ClosedPort.reserve();
                Backend nobody = backendFor(port.uri())) {
            assertThat(findsReady(nobody)).isFalse();
        }
    }

    @Test
    void a_probe_loads_no_model() throws Exception {
        try (ScriptedOllama ollama = ScriptedOllama.start();
                Backend other = backendFor(ollama.uri())) {
            findsReady(other);
            assertThat(ollama.server().requests())
                    .extracting(ReceivedRequest::path)
                    .doesNotContainAnyElementsOf(LOADING_PATHS);
        }
    }

    private static boolean findsReady(Backend backend) throws InterruptedException {
        try {
            return backend.probe(Deadline.after(SOON)).state() == BackendState.READY;
        } catch (BackendException nobody) {
            return false;
        }
    }

    /** Whether the probe came back without a question, as the default one does. */
    private boolean asksNobody(Later<BackendStatus> probe) throws InterruptedException {
        while (server.requests().isEmpty() && !probe.result().isDone()) {
            Thread.onSpinWait();
        }
        return server.requests().isEmpty();
    }
}
