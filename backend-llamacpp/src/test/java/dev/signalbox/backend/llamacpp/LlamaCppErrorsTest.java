package dev.signalbox.backend.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.api.FailureKind;
import dev.signalbox.api.JsonText;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.Failure;
import dev.signalbox.testkit.Calls;
import dev.signalbox.testkit.LlamaModel;
import dev.signalbox.testkit.ScriptedLlamaServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong in a llama-server is understood by what it says, as it takes the blame for its clients' mistakes. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LlamaCppErrorsTest {

    private final ScriptedLlamaServer llama = ScriptedLlamaServer.start();
    private final Backend backend = Backends.at(llama.uri());

    @AfterEach
    void end() {
        backend.close();
        llama.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "400 | invalid_request_error     | 'messages' is required | REJECTED",
                "400 | invalid_request_error     | model 'x' not found | MODEL_UNAVAILABLE",
                "400 | invalid_request_error     | model is not loaded | MODEL_UNAVAILABLE",
                "400 | invalid_request_error     | model name is missing from the request | REJECTED",
                "400 | exceed_context_size_error | request (5000 tokens) exceeds the available context size (4096 tokens), try increasing it | CONTEXT_OVERFLOW",
                "400 | invalid_request_error     | input (9000 tokens) is larger than the max context size (4096 tokens). skipping | CONTEXT_OVERFLOW",
                "400 | invalid_request_error     | \"input\" or \"content\" must be provided | REJECTED",
                "401 | authentication_error      | Invalid API Key | UNAUTHORIZED",
                "403 | feature_disabled          | this feature is disabled | UNSUPPORTED",
                "404 | not_found_error           | File Not Found | MODEL_UNAVAILABLE",
                "500 | server_error              | [json.exception.parse_error.101] parse error at line 1, column 16: syntax error | REJECTED",
                "500 | server_error              | Failed to parse messages: [json.exception.type_error.302] type must be string | REJECTED",
                "500 | server_error              | \"prompt\" must be a string | REJECTED",
                "500 | server_error              | image input is not supported - hint: if this is unexpected, you may need to provide the mmproj | UNSUPPORTED",
                "500 | server_error              | tools param requires --jinja flag | UNSUPPORTED",
                "500 | server_error              | Cannot use tools with stream | UNSUPPORTED",
                "500 | server_error              | Jinja Exception: Conversation roles must alternate user/assistant/user/assistant/... | UNSUPPORTED",
                "500 | server_error              | input (24002 tokens) is too large to process. increase the physical batch size (current batch size: 2048) | CONTEXT_OVERFLOW",
                "500 | server_error              | Context size has been exceeded. | CONTEXT_OVERFLOW",
                "500 | server_error              | Compute error. | SERVER_ERROR",
                "500 | server_error              | Invalid input batch. | SERVER_ERROR",
                "500 | server_error              | got exception: Unexpected empty grammar stack after accepting piece | SERVER_ERROR",
                "500 | server_error              | model name=broken failed to load | MODEL_UNAVAILABLE",
                "500 | server_error              | model limit reached, try again later | OVERLOADED",
                "500 | server_error              | out of memory: 9 GiB is required | OUT_OF_MEMORY",
                "500 | server_error              | unable to allocate CUDA0 buffer | OUT_OF_MEMORY",
                "500 | server_error              | failed to allocate buffer for kv cache | OUT_OF_MEMORY",
                "501 | not_supported_error       | This server does not support embeddings. Start it with `--embeddings` | UNSUPPORTED",
                "503 | unavailable_error         | Loading model | LOADING",
                "503 | unavailable_error         | no slot available | OVERLOADED",
                "500 | server_error              | proxy error: Failed to read connection | UNREACHABLE"
            })
    void what_it_says_is_understood(int status, String type, String message, FailureKind kind) {
        String json = "{\"error\":{\"code\":%d,\"message\":%s,\"type\":\"%s\"}}"
                .formatted(status, JsonText.quote(message), type);

        Failure failure = backend.read(status, json);

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.message()).isEqualTo(message);
    }

    @Test
    void bare_text_of_a_router_is_understood() {
        assertThat(backend.read(500, "proxy error: Could not establish connection")
                        .kind())
                .isEqualTo(FailureKind.UNREACHABLE);
        assertThat(backend.read(200, "proxy error: Failed to read connection").kind())
                .isEqualTo(FailureKind.UNREACHABLE);
    }

    @Test
    void a_server_that_is_loading_says_so() {
        llama.loading(true);

        assertThat(failure("tiny-model").kind()).isEqualTo(FailureKind.LOADING);
    }

    @Test
    void a_prompt_that_is_too_long_is_told_by_its_tokens() {
        llama.serving("tiny-model", 2);

        assertThat(failure("tiny-model").kind()).isEqualTo(FailureKind.CONTEXT_OVERFLOW);
    }

    @Test
    void a_router_does_not_have_every_model() {
        llama.routing(LlamaModel.named("broken").broken());

        assertThat(failure("broken").kind()).isEqualTo(FailureKind.MODEL_UNAVAILABLE);
        assertThat(failure("nobody").kind()).isEqualTo(FailureKind.MODEL_UNAVAILABLE);
        llama.autoload(false);
        assertThat(failure("broken").kind()).isEqualTo(FailureKind.MODEL_UNAVAILABLE);
    }

    private BackendException failure(String model) {
        return catchThrowableOfType(
                BackendException.class,
                () -> backend.exchange(Calls.chatStream(model)).close());
    }
}
