package dev.signalbox.backend.vllm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendException;
import dev.signalbox.testkit.Calls;
import dev.signalbox.testkit.ErrorShape;
import dev.signalbox.testkit.ScriptedVllm;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes wrong in a vLLM is understood, outside streams and in them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class VllmErrorsTest {

    private final ScriptedVllm vllm = ScriptedVllm.start();
    private final Backend backend = Backends.at(vllm.uri());

    @AfterEach
    void end() {
        backend.close();
        vllm.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | This model's maximum context length is 8 tokens. However, you requested 4 output tokens and your prompt contains at least 5 input tokens, for a total of at least 9 tokens. | CONTEXT_OVERFLOW",
                "400 | This model's maximum context length is 8 tokens. However, your prompt contains 99 characters (more than 40). | CONTEXT_OVERFLOW",
                "400 | The decoder prompt (length 9) is longer than the maximum model length of 8. Make sure that it fits. | CONTEXT_OVERFLOW",
                "400 | \"auto\" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set | UNSUPPORTED",
                "400 | qwen is not a multimodal model | UNSUPPORTED",
                "400 | At most 0 image(s) may be provided in one prompt. | UNSUPPORTED",
                "400 | At most 4 image(s) may be provided in one prompt. | REJECTED",
                "400 | As of transformers v4.44, default chat template is no longer allowed, so you must provide a chat template if the tokenizer does not define one. | UNSUPPORTED",
                "400 | The model does not support Embeddings API | UNSUPPORTED",
                "400 | 1 validation error: Field required | REJECTED",
                "404 | The model `x` does not exist. | MODEL_UNAVAILABLE",
                "404 | Not Found | UNSUPPORTED",
                "404 | Response with id 'resp_1' not found. | REJECTED",
                "422 | Cannot load the image | REJECTED",
                "501 | best_of is not there | UNSUPPORTED",
                "500 | EngineCore encountered an issue. See stack trace (above) for the root cause. | UNREACHABLE",
                "500 | CUDA out of memory. Tried to allocate 2.00 GiB. | OUT_OF_MEMORY",
                "500 | HIP out of memory. Tried to allocate 2.00 GiB. | OUT_OF_MEMORY",
                "500 | No available memory for the cache blocks. | OUT_OF_MEMORY",
                "500 | list index out of range | SERVER_ERROR",
                "503 | The model is currently scaling. Please try again later. | OVERLOADED"
            })
    void each_is_understood_whole_and_in_a_stream(int status, String message, FailureKind kind) {
        for (ErrorShape shape : new ErrorShape[] {ErrorShape.NUMBERED_PARAM, ErrorShape.ANTHROPIC}) {
            assertThat(backend.read(status, shape.body(status, "", message)).kind())
                    .as(shape.name())
                    .isEqualTo(kind);
        }
        String frame = ErrorShape.NUMBERED_PARAM.body(status, "", message);
        assertThat(backend.read(200, frame).kind()).as("in a frame of a 200").isEqualTo(kind);
        assertThat(backend.read(200, frame).message()).isEqualTo(message);
    }

    @Test
    void a_key_that_is_wrong_is_told_in_a_string() {
        assertThat(backend.read(401, "{\"error\":\"Unauthorized\"}").kind()).isEqualTo(FailureKind.UNAUTHORIZED);
    }

    @ParameterizedTest
    @EnumSource(ScriptedVllm.Task.class)
    void a_route_that_its_model_is_not_for_is_unsupported(ScriptedVllm.Task task) {
        vllm.doing(task);
        boolean generates = task == ScriptedVllm.Task.GENERATE;

        for (Dialect dialect : generates
                ? List.of(Dialect.OPENAI_EMBEDDINGS)
                : List.of(Dialect.OPENAI_CHAT, Dialect.OPENAI_RESPONSES)) {
            assertThat(kind(dialect)).as("%s", dialect).isEqualTo(FailureKind.UNSUPPORTED);
        }
    }

    @Test
    void a_route_is_told_as_missing_by_older_versions_too() {
        assertThat(backend.read(404, "{\"detail\":\"Not Found\"}").kind()).isEqualTo(FailureKind.UNSUPPORTED);
    }

    @Test
    void a_prompt_that_is_too_long_and_a_name_it_does_not_know_are_seen_in_its_own_answers() {
        vllm.context(4);
        assertThat(kind(Dialect.OPENAI_CHAT)).isEqualTo(FailureKind.CONTEXT_OVERFLOW);

        vllm.context(40_960).serving("another");
        assertThat(kind(Dialect.OPENAI_CHAT)).isEqualTo(FailureKind.MODEL_UNAVAILABLE);
    }

    @Test
    void an_engine_that_died_is_nobody_there() {
        vllm.dies();

        assertThat(kind(Dialect.OPENAI_CHAT)).isEqualTo(FailureKind.UNREACHABLE);
    }

    @Test
    void a_dialect_it_does_not_take_is_not_sent() {
        assertThat(kind(Dialect.OLLAMA_CHAT)).isEqualTo(FailureKind.UNSUPPORTED);
        assertThat(vllm.server().requests()).isEmpty();
    }

    private FailureKind kind(Dialect dialect) {
        return catchThrowableOfType(
                        BackendException.class, () -> backend.exchange(Calls.of(dialect, "test-model", false)))
                .kind();
    }
}
