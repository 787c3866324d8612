package dev.signalbox.backend.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.Failure;
import dev.signalbox.testkit.Calls;
import dev.signalbox.testkit.OllamaModel;
import dev.signalbox.testkit.ScriptedOllama;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong in an Ollama is understood alike in both of its APIs, and as its older versions said it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OllamaErrorsTest {

    private static final List<Dialect> BOTH = List.of(Dialect.OPENAI_CHAT, Dialect.OLLAMA_CHAT);

    private final ScriptedOllama ollama = ScriptedOllama.start();
    private final Backend backend = Backends.at(ollama.uri());

    @AfterEach
    void end() {
        backend.close();
        ollama.close();
    }

    @Test
    void too_many_that_wait_for_a_model_is_overloaded() {
        ollama.full();

        assertBoth(FailureKind.OVERLOADED, "server busy");
    }

    @Test
    void a_prompt_that_is_too_long_is_told_in_the_words_of_the_server_inside() {
        ollama.nestedJsonError("request (5000 tokens) exceeds the available context size (4096 tokens)");

        assertBoth(FailureKind.CONTEXT_OVERFLOW, "request (5000 tokens) exceeds");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model requires more system memory (9.2 GiB) than is available (4.0 GiB) | OUT_OF_MEMORY",
                "llama-server reported out-of-memory during startup: ggml_backend | OUT_OF_MEMORY",
                "llama-server process has terminated: exit status 2: cudaMalloc failed: out of memory | OUT_OF_MEMORY",
                "llama runner process has terminated: cudaMalloc failed: out of memory | OUT_OF_MEMORY",
                "llama-server process has terminated: exit status 2: error loading model | MODEL_UNAVAILABLE",
                "timed out waiting for llama-server to start - progress 0.5 | MODEL_UNAVAILABLE",
                "model runner has unexpectedly stopped, this may be due to resource limitations | UNREACHABLE",
                "an error was encountered while running the model: odd | SERVER_ERROR"
            })
    void what_keeps_a_model_from_answering_is_understood(String message, FailureKind kind) {
        ollama.failsToLoad(message);

        assertBoth(kind, message);
    }

    @Test
    void a_model_that_is_not_there_is_unavailable() {
        ollama.installed(OllamaModel.named("another"));

        assertBoth(FailureKind.MODEL_UNAVAILABLE, "not found");
    }

    @Test
    void what_a_model_cannot_do_is_unsupported() {
        assertThat(backend.read(400, "{\"error\":\"\\\"m\\\" does not support tools\"}")
                        .kind())
                .isEqualTo(FailureKind.UNSUPPORTED);
        assertThat(backend.read(
                                400,
                                "{\"error\":{\"message\":\"image URLs are not currently supported, please use base64 encoded"
                                        + " data instead\",\"type\":\"invalid_request_error\"}}")
                        .kind())
                .isEqualTo(FailureKind.UNSUPPORTED);
    }

    private void assertBoth(FailureKind kind, String words) {
        for (Dialect dialect : BOTH) {
            Failure failure = catchThrowableOfType(
                            BackendException.class, () -> backend.exchange(Calls.of(dialect, "qwen3:8b", false)))
                    .failure();
            assertThat(failure.kind()).as(dialect.id()).isEqualTo(kind);
            assertThat(failure.message()).contains(words);
        }
    }
}
