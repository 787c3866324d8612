package dev.signalbox.backend.mlx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendCall;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.Failure;
import dev.signalbox.testkit.Calls;
import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.ScriptedMlx;
import java.net.URI;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong is told by text more than by status. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MlxErrorsTest {

    private static final String METAL = "[METAL] Command buffer execution failed: ";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[metal::malloc] Attempting to allocate 34359738368 bytes which is greater than the maximum allowed buffer"
                        + " size of 22613000192 bytes. | OUT_OF_MEMORY",
                "[malloc] Unable to allocate 17179869184 bytes. | OUT_OF_MEMORY",
                "[metal::malloc] Resource limit (499000) exceeded. | OUT_OF_MEMORY",
                METAL + "Insufficient Memory (00000008:kIOGPUCommandBufferCallbackErrorOutOfMemory) | OUT_OF_MEMORY",
                METAL + "Caused GPU Timeout Error (00000002:kIOGPUCommandBufferCallbackErrorTimeout) | SERVER_ERROR",
                METAL + "Discarded (victim of GPU error/recovery)"
                        + " (00000005:kIOGPUCommandBufferCallbackErrorInnocentVictim) | SERVER_ERROR",
                "[metal::Device] Unable to load kernel affine_qmm | SERVER_ERROR",
                "Model type qwen9 not supported. | MODEL_UNAVAILABLE",
                "No safetensors found in /models/x | MODEL_UNAVAILABLE",
                "Only 'text' content type is supported. | UNSUPPORTED",
                "Cannot use chat template functions because tokenizer.chat_template is not set | UNSUPPORTED",
                "Conversation roles must alternate user/assistant/user/assistant/... | UNSUPPORTED"
            })
    void the_same_words_mean_the_same_in_every_envelope(String text, FailureKind kind) {
        String quoted = text.replace("\"", "\\\"");
        assertThat(read(404, "{\"error\": \"%s\"}".formatted(quoted)).kind()).isEqualTo(kind);
        assertThat(read(500, "{\"detail\":\"Generation failed: %s\"}".formatted(quoted))
                        .kind())
                .isEqualTo(kind);
        assertThat(read(200, "{\"error\":\"%s\"}".formatted(quoted)).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | {\"error\": \"Repo id must be ... 'x' not found\"} | MODEL_UNAVAILABLE",
                "404 | {\"error\": \"404 Client Error. Repository Not Found for url: https://hub/x\"} | MODEL_UNAVAILABLE",
                "404 | {\"error\": \"[Errno 2] No such file or directory: '/x/config.json'\"} | MODEL_UNAVAILABLE",
                "404 | {\"error\": \"anything else before it generates\"} | MODEL_UNAVAILABLE",
                "404 | {\"detail\":\"Model not found: 'x' is not a known Hugging Face repo or local path\"} | MODEL_UNAVAILABLE",
                "400 | {\"error\": \"Invalid JSON in request body: Expecting value\"} | REJECTED",
                "411 | {\"error\": \"Content-Length header is required\"} | REJECTED",
                "400 | {\"detail\":\"Request needs 300 context tokens (44 prompt + 256 max generation), but MAX_KV_SIZE is"
                        + " 100.\"} | CONTEXT_OVERFLOW",
                "422 | {\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\",\"model\"],\"msg\":\"Field required\"}]} | REJECTED",
                "401 | {\"detail\":\"Invalid API key\"} | UNAUTHORIZED",
                "500 | {\"detail\":\"Generation failed: 'NoneType' object is not iterable\"} | SERVER_ERROR",
                "500 | {\"detail\":\"An unexpected error occurred: out of memory\"} | OUT_OF_MEMORY",
                "500 | Internal Server Error | SERVER_ERROR",
                "200 | {\"error\":\"stream died\"} | SERVER_ERROR"
            })
    void every_envelope_is_opened(int status, String body, FailureKind kind) {
        assertThat(read(status, body).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"Not Found", "{\"detail\":\"Not Found\"}"})
    void nothing_but_not_found_is_a_path_that_is_not_there(String body) {
        Failure failure = read(404, body);

        assertThat(failure.kind()).isEqualTo(FailureKind.UNSUPPORTED);
        assertThat(failure.message()).contains("flavor");
    }

    @Test
    void a_path_that_is_not_there_is_told_of_a_call_too() {
        try (ScriptedMlx vlm = ScriptedMlx.vlm();
                Backend wrong = Backends.at(vlm.uri(), "lm")) {
            BackendException failure = failure(wrong, Calls.of(Dialect.OPENAI_COMPLETIONS, "m", false));

            assertThat(failure.kind()).isEqualTo(FailureKind.UNSUPPORTED);
            assertThat(failure).hasMessageContaining("flavor");
        }
    }

    @Test
    void a_reply_without_a_byte_is_broken_and_what_it_means_is_told() {
        try (ScriptedMlx mlx = ScriptedMlx.lm();
                Backend backend = Backends.at(mlx.uri())) {
            mlx.breaksAfter(0, "lost");

            BackendException failure = failure(backend, Calls.chat(ScriptedMlx.MODEL));

            assertThat(failure.kind()).isEqualTo(FailureKind.BROKEN_REPLY);
            assertThat(failure).hasMessageContaining("closed the connection without a word");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"temperature\":\"hot\", | \"temperature\" is \"hot\", and mlx_lm.server wants a number of 0 or more",
                "\"stream\":\"yes\", | \"stream\" is \"yes\", and mlx_lm.server wants true or false",
                "\"max_tokens\":-1, | \"max_tokens\" is -1, and mlx_lm.server wants a whole number of 0 or more",
                "\"seed\":[7], | \"seed\" is [7], and mlx_lm.server wants a whole number",
                "\"messages\": | the request has no \"messages\""
            })
    void where_the_request_is_at_fault_that_is_told(String members, String message) {
        String json = members.startsWith("\"messages\"")
                ? "{\"model\":\"%s\"}".formatted(ScriptedMlx.MODEL)
                : "{%s\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"
                        .formatted(members, ScriptedMlx.MODEL);
        try (ScriptedMlx mlx = ScriptedMlx.lm();
                Backend backend = Backends.at(mlx.uri())) {
            BackendException failure = failure(backend, Calls.of(Dialect.OPENAI_CHAT, ScriptedMlx.MODEL, false, json));

            assertThat(failure.kind()).isEqualTo(FailureKind.REJECTED);
            assertThat(failure).hasMessage(message);
        }
    }

    @Test
    void a_reset_is_not_nor_is_such_a_reply_of_another_server() {
        try (ScriptedMlx lm = ScriptedMlx.lm();
                ScriptedMlx vlm = ScriptedMlx.vlm();
                Backend one = Backends.at(lm.uri());
                Backend other = Backends.at(vlm.uri(), "vlm")) {
            lm.sends(reply -> Reply.reset());
            vlm.sends(reply -> Reply.hangUp());

            assertThat(failure(one, Calls.chat(ScriptedMlx.MODEL)).kind()).isEqualTo(FailureKind.UNREACHABLE);
            assertThat(failure(other, Calls.chat(ScriptedMlx.MODEL)).kind()).isEqualTo(FailureKind.UNREACHABLE);
        }
    }

    @Test
    void each_server_tells_a_lack_of_memory_as_it_can() {
        String text = "[malloc] Unable to allocate 17179869184 bytes.";
        try (ScriptedMlx lm = ScriptedMlx.lm();
                ScriptedMlx vlm = ScriptedMlx.vlm();
                ScriptedMlx omni = ScriptedMlx.omni();
                Backend one = Backends.at(lm.uri(), "lm");
                Backend two = Backends.at(vlm.uri(), "vlm");
                Backend three = Backends.at(omni.uri(), "omni")) {
            lm.refuses(404, text);
            vlm.breaksAfter(0, text);
            omni.breaksAfter(0, text);

            assertThat(failure(one, Calls.chat(ScriptedMlx.MODEL)).kind()).isEqualTo(FailureKind.OUT_OF_MEMORY);
            assertThat(failure(two, Calls.chat(ScriptedMlx.MODEL)).kind()).isEqualTo(FailureKind.OUT_OF_MEMORY);
            assertThat(failure(three, Calls.chat(ScriptedMlx.MODEL)).kind()).isEqualTo(FailureKind.SERVER_ERROR);
        }
    }

    private static Failure read(int status, String error) {
        try (Backend backend = Backends.at(URI.create("http://127.0.0.1:9"))) {
            return backend.read(status, error);
        }
    }

    private static BackendException failure(Backend backend, BackendCall call) {
        BackendException failure = catchThrowableOfType(
                BackendException.class, () -> backend.exchange(call).close());
        assertThat(failure).as("what the exchange throws").isNotNull();
        return failure;
    }
}
