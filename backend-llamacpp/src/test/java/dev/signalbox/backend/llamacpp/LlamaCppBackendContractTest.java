package dev.signalbox.backend.llamacpp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.Dialect;
import dev.signalbox.backend.http.HttpOptions;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendReply;
import dev.signalbox.testkit.BackendContract;
import dev.signalbox.testkit.Calls;
import dev.signalbox.testkit.LlamaModel;
import dev.signalbox.testkit.ReceivedRequest;
import dev.signalbox.testkit.ScriptedLlamaServer;
import java.net.URI;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every backend holds whatever the server is; the rest is tried with one model and in router mode. */
class LlamaCppBackendContractTest extends BackendContract {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** How a llama-server can be started; {@code qwen} is loaded in each. */
    enum Mode {
        ONE_MODEL(llama -> llama.serving("qwen", 4096)),
        ROUTER(llama -> llama.routing(LlamaModel.named("qwen"), LlamaModel.named("gemma"))
                .loaded("qwen"));

        private final UnaryOperator<ScriptedLlamaServer> set;

        Mode(UnaryOperator<ScriptedLlamaServer> set) {
            this.set = set;
        }

        ScriptedLlamaServer start() {
            return set.apply(ScriptedLlamaServer.start());
        }
    }

    @Override
    protected Backend backendFor(URI server) {
        return Backends.make(Backends.config(server).withPresent(HttpOptions.API_KEY, key()));
    }

    @Override
    protected String key() {
        return "llama-key-of-our-own";
    }

    @ParameterizedTest
    @EnumSource
    void a_probe_finds_its_server_ready_and_only_looks(Mode mode) throws Exception {
        try (ScriptedLlamaServer llama = mode.start().embedding();
                Backend shelf = backendFor(llama.uri())) {
            assertThat(shelf.probe(Deadline.after(PATIENCE)).state()).isEqualTo(BackendState.READY);

            assertThat(llama.server().requests())
                    .extracting(ReceivedRequest::method)
                    .containsOnly("GET");
            assertThat(llama.server().generations()).isZero();
            if (mode == Mode.ROUTER) {
                assertThat(llama.resident()).containsExactly("qwen");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void answers_in_every_dialect(Mode mode) throws Exception {
        try (ScriptedLlamaServer llama = mode.start().embedding().reranking();
                Backend shelf = backendFor(llama.uri())) {
            for (Dialect dialect : shelf.dialects()) {
                try (BackendReply reply = shelf.exchange(Calls.of(dialect, "qwen", false))) {
                    assertThat(reply.body()).asString(UTF_8).as(dialect.id()).contains("\"qwen\"");
                }
            }
        }
    }
}
