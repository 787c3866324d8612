package dev.signalbox.backend.http;

import static dev.signalbox.api.FailureKind.CONTEXT_OVERFLOW;
import static dev.signalbox.api.FailureKind.LOADING;
import static dev.signalbox.api.FailureKind.MODEL_UNAVAILABLE;
import static dev.signalbox.api.FailureKind.OUT_OF_MEMORY;
import static dev.signalbox.api.FailureKind.OVERLOADED;
import static dev.signalbox.api.FailureKind.REJECTED;
import static dev.signalbox.api.FailureKind.SERVER_ERROR;
import static dev.signalbox.api.FailureKind.TIMED_OUT;
import static dev.signalbox.api.FailureKind.UNAUTHORIZED;
import static dev.signalbox.api.FailureKind.UNREACHABLE;
import static dev.signalbox.api.FailureKind.UNSUPPORTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.FailureKind;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers say is understood. The texts are theirs, word for word. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ErrorRulesTest {

    static Stream<Arguments> texts() {
        return Stream.of(ollama(), llamacpp(), mlx(), vllm(), sglangAndTgi(), lmStudio(), others())
                .flatMap(each -> each);
    }

    private static Stream<Arguments> ollama() {
        return Stream.of(
                said(400, "model is required", REJECTED),
                said(400, "\"m\" does not support thinking", UNSUPPORTED),
                said(400, "registry.ollama.ai/library/m does not support tools", UNSUPPORTED),
                said(
                        400,
                        "the prompt is longer than the context length currently available to the model; shorten the prompt, adjust the context length in settings, or use a model with a longer context length",
                        CONTEXT_OVERFLOW),
                said(
                        400,
                        "{\"error\":{\"code\":400,\"message\":\"request (5000 tokens) exceeds the available context size (4096 tokens), try increasing it\",\"type\":\"exceed_context_size_error\"}}",
                        CONTEXT_OVERFLOW),
                said(400, "the input length exceeds the context length", CONTEXT_OVERFLOW),
                said(401, "unauthorized", UNAUTHORIZED),
                said(403, "", UNAUTHORIZED),
                said(404, "model 'x' not found", MODEL_UNAVAILABLE),
                said(404, "model \"x\" not found, try pulling it first", MODEL_UNAVAILABLE),
                said(404, "404 page not found", MODEL_UNAVAILABLE),
                said(503, "server busy, please try again.  maximum pending requests exceeded", OVERLOADED),
                said(500, "llama-server process has terminated: exit status 1: no idea why", MODEL_UNAVAILABLE),
                said(
                        500,
                        "llama-server process has terminated: exit status 1: ggml_backend_cuda_buffer_type_alloc_buffer: allocating 1024.00 MiB on device 0: cudaMalloc failed: out of memory",
                        OUT_OF_MEMORY),
                said(500, "llama-server reported out-of-memory during startup: x", OUT_OF_MEMORY),
                said(500, "timed out waiting for llama-server to start - x", MODEL_UNAVAILABLE),
                said(500, "llama-server startup failed after projector CPU offload retry: x", MODEL_UNAVAILABLE),
                said(500, "unable to load full model on GPU", MODEL_UNAVAILABLE),
                said(
                        500,
                        "error loading model: this model may be incompatible with your version of Ollama. If you previously pulled this model, try updating it by running `ollama pull X`",
                        MODEL_UNAVAILABLE),
                said(
                        500,
                        "model runner has unexpectedly stopped, this may be due to resource limitations or an internal error, check ollama server logs for details",
                        UNREACHABLE),
                said(500, "an error was encountered while running the model: unexpected EOF", SERVER_ERROR),
                said(
                        500,
                        "model requires 40.1 GiB but only 12.0 GiB are available (after 1.2 GiB overhead)",
                        OUT_OF_MEMORY),
                said(500, "model requires more system memory (40.1 GiB) than is available (12.0 GiB)", OUT_OF_MEMORY),
                said(500, "vk::Device::allocateMemory: ErrorOutOfDeviceMemory", OUT_OF_MEMORY));
    }

    private static Stream<Arguments> llamacpp() {
        return Stream.of(
                nested(400, "'messages' is required", "invalid_request_error", REJECTED),
                nested(400, "model 'x' not found", "invalid_request_error", MODEL_UNAVAILABLE),
                nested(400, "model is not loaded", "invalid_request_error", MODEL_UNAVAILABLE),
                nested(400, "model name is missing from the request", "invalid_request_error", REJECTED),
                nested(
                        400,
                        "input (900 tokens) is larger than the max context size (512 tokens). skipping",
                        "invalid_request_error",
                        CONTEXT_OVERFLOW),
                nested(401, "Invalid API Key", "authentication_error", UNAUTHORIZED),
                nested(404, "File Not Found", "not_found_error", MODEL_UNAVAILABLE),
                nested(
                        500,
                        "[json.exception.parse_error.101] parse error at line 1, column 2: syntax error",
                        "server_error",
                        REJECTED),
                nested(
                        500,
                        "image input is not supported - hint: if this is unexpected, you may need to provide the mmproj",
                        "server_error",
                        UNSUPPORTED),
                nested(
                        500,
                        "input (900 tokens) is too large to process. increase the physical batch size (current batch size: 512)",
                        "server_error",
                        CONTEXT_OVERFLOW),
                nested(500, "Context size has been exceeded.", "server_error", CONTEXT_OVERFLOW),
                nested(500, "'messages' is required", "server_error", REJECTED),
                nested(500, "Compute error.", "server_error", SERVER_ERROR),
                nested(500, "model name=x failed to load", "server_error", MODEL_UNAVAILABLE),
                nested(500, "model limit reached, try again later", "server_error", OVERLOADED),
                nested(
                        501,
                        "This server does not support metrics endpoint. Start it with `--metrics`",
                        "not_supported_error",
                        UNSUPPORTED),
                nested(503, "Loading model", "unavailable_error", LOADING),
                nested(503, "no slot available", "unavailable_error", OVERLOADED),
                said(500, "proxy error: Could not establish connection", UNREACHABLE));
    }

    private static Stream<Arguments> mlx() {
        return Stream.of(
                said(
                        404,
                        "[metal::malloc] Attempting to allocate 99 bytes which is greater than the maximum allowed buffer size of 9 bytes.",
                        OUT_OF_MEMORY),
                said(404, "[malloc] Unable to allocate 99 bytes.", OUT_OF_MEMORY),
                said(404, "[metal::malloc] Resource limit (499000) exceeded.", OUT_OF_MEMORY),
                said(
                        500,
                        "[METAL] Command buffer execution failed: Insufficient Memory (00000008:kIOGPUCommandBufferCallbackErrorOutOfMemory)",
                        OUT_OF_MEMORY),
                said(404, "Only 'text' content type is supported.", UNSUPPORTED),
                said(404, "404 Client Error. Repository Not Found for url: x", MODEL_UNAVAILABLE),
                said(400, "Invalid JSON in request body: x", REJECTED),
                raw(
                        400,
                        "{\"detail\":\"Request needs 9 context tokens (8 prompt + 1 max generation), but MAX_KV_SIZE is 4.\"}",
                        CONTEXT_OVERFLOW),
                raw(
                        404,
                        "{\"detail\":\"Model not found: 'x' is not a known Hugging Face repo or local path\"}",
                        MODEL_UNAVAILABLE),
                raw(
                        422,
                        "{\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\",\"model\"],\"msg\":\"Field required\"}]}",
                        REJECTED),
                raw(200, "{\"error\":\"[malloc] Unable to allocate 99 bytes.\"}", OUT_OF_MEMORY),
                raw(500, "Internal Server Error", SERVER_ERROR));
    }

    private static Stream<Arguments> vllm() {
        return Stream.of(
                nested(
                        400,
                        "This model's maximum context length is 4096 tokens. However, you requested 1 output tokens and your prompt contains 5000 input tokens",
                        "BadRequestError",
                        CONTEXT_OVERFLOW),
                nested(
                        400,
                        "The decoder prompt (length 9) is longer than the maximum model length of 4.",
                        "BadRequestError",
                        CONTEXT_OVERFLOW),
                nested(
                        400,
                        "\"auto\" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set",
                        "BadRequestError",
                        UNSUPPORTED),
                nested(400, "1 validation error:\\n x", "Bad Request", REJECTED),
                nested(404, "The model `x` does not exist.", "NotFoundError", MODEL_UNAVAILABLE),
                nested(
                        500,
                        "EngineCore encountered an issue. See stack trace (above) for the root cause.",
                        "InternalServerError",
                        UNREACHABLE),
                nested(501, "x", "NotImplementedError", UNSUPPORTED),
                nested(500, "CUDA out of memory. Tried to allocate 2.00 GiB", "InternalServerError", OUT_OF_MEMORY),
                said(401, "Unauthorized", UNAUTHORIZED),
                raw(503, "", OVERLOADED));
    }

    private static Stream<Arguments> sglangAndTgi() {
        return Stream.of(
                raw(
                        400,
                        "{\"object\":\"error\",\"message\":\"The input (9 tokens) is longer than the model's context length (4 tokens).\",\"type\":\"BadRequest\",\"param\":null,\"code\":400}",
                        CONTEXT_OVERFLOW),
                raw(
                        503,
                        "{\"object\":\"error\",\"message\":\"The request queue is full.\",\"type\":\"503\",\"param\":null,\"code\":503}",
                        OVERLOADED),
                raw(
                        200,
                        "{\"error\":{\"object\":\"error\",\"message\":\"The request queue is full.\",\"type\":\"SERVICE_UNAVAILABLE\",\"param\":null,\"code\":503}}",
                        OVERLOADED),
                raw(
                        422,
                        "{\"error\":\"Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 5000 `inputs` tokens and 1 `max_new_tokens`\",\"error_type\":\"validation\"}",
                        CONTEXT_OVERFLOW),
                raw(
                        422,
                        "{\"error\":\"Input validation error: `inputs` must have less than 1024 tokens. Given: 2000\",\"error_type\":\"validation\"}",
                        CONTEXT_OVERFLOW),
                raw(422, "{\"error\":\"Template error: x\",\"error_type\":\"template_error\"}", REJECTED),
                raw(
                        424,
                        "{\"error\":\"Request failed during generation: x\",\"error_type\":\"generation\"}",
                        SERVER_ERROR),
                raw(
                        424,
                        "{\"error\":\"Request failed during generation: CUDA out of memory\",\"error_type\":\"generation\"}",
                        OUT_OF_MEMORY),
                raw(429, "{\"error\":\"Model is overloaded\",\"error_type\":\"overloaded\"}", OVERLOADED),
                raw(200, "{\"error\":{\"message\":\"Model is overloaded\",\"http_status_code\":422}}", OVERLOADED),
                raw(401, "", UNAUTHORIZED));
    }

    private static Stream<Arguments> lmStudio() {
        return Stream.of(
                nested(
                        404,
                        "No models loaded. Please load a model in the developer page or use the 'lms load' command.",
                        "invalid_request_error",
                        MODEL_UNAVAILABLE),
                said(
                        400,
                        "Model loading was stopped due to insufficient system resources. Under the current settings, this model requires approximately 9 GB of memory",
                        OUT_OF_MEMORY),
                said(
                        400,
                        "Trying to keep the first 9 tokens when context the overflows. However, the model is loaded with context length of only 4 tokens",
                        CONTEXT_OVERFLOW),
                said(
                        400,
                        "The number of tokens to keep from the initial prompt is greater than the context length (n_keep: 9>= n_ctx: 4)",
                        CONTEXT_OVERFLOW),
                said(400, "Cannot truncate prompt with n_keep (9) >= n_ctx (4)", CONTEXT_OVERFLOW),
                said(400, "Model is unloaded.", MODEL_UNAVAILABLE),
                said(400, "The model has crashed without additional information. (Exit code: 6)", UNREACHABLE),
                raw(200, "{\"error\":\"Unexpected endpoint or method. (GET /health)\"}", SERVER_ERROR));
    }

    private static Stream<Arguments> others() {
        return Stream.of(
                raw(
                        400,
                        "{\"error\":{\"message\":\"x\",\"type\":\"invalid_request_error\",\"param\":\"messages\",\"code\":\"context_length_exceeded\"}}",
                        CONTEXT_OVERFLOW),
                raw(
                        404,
                        "{\"error\":{\"message\":\"The model `x` does not exist or you do not have access to it.\",\"type\":\"invalid_request_error\",\"code\":\"model_not_found\"}}",
                        MODEL_UNAVAILABLE),
                raw(429, "{\"error\":{\"message\":\"x\",\"code\":\"insufficient_quota\"}}", OVERLOADED),
                raw(
                        529,
                        "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}",
                        OVERLOADED),
                raw(
                        200,
                        "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}",
                        OVERLOADED),
                raw(
                        400,
                        "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"prompt is too long: 9 tokens > 4 maximum\"}}",
                        CONTEXT_OVERFLOW),
                raw(402, "{\"type\":\"error\",\"error\":{\"type\":\"billing_error\",\"message\":\"x\"}}", UNAUTHORIZED),
                raw(504, "{\"type\":\"error\",\"error\":{\"type\":\"timeout_error\",\"message\":\"x\"}}", TIMED_OUT),
                raw(
                        503,
                        "{\"error\":{\"code\":\"model_loading\",\"type\":\"model_loading\",\"message\":\"m is loading\"},\"loading\":{}}",
                        LOADING),
                raw(
                        500,
                        "{\"error\":{\"code\":500,\"message\":\"rpc error: code = Unknown desc = failed to load model\",\"type\":\"\"}}",
                        MODEL_UNAVAILABLE),
                raw(507, "", OUT_OF_MEMORY),
                raw(409, "", REJECTED),
                raw(413, "", REJECTED),
                raw(500, "", SERVER_ERROR),
                raw(599, "", SERVER_ERROR),
                raw(408, "", TIMED_OUT));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void a_failure_is_known_by_what_the_server_says(int status, String body, FailureKind kind) {
        assertThat(ErrorRules.shared().read(status, body).kind())
                .as("%d %s", status, body)
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"There is no room left in this chat", "the bathroom", "Zoom", "reallocation failed softly"})
    void a_word_within_a_word_is_no_sign_of_anything(String message) {
        assertThat(ErrorRules.shared().read(500, message).kind()).isEqualTo(SERVER_ERROR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"oom", "OOM!", "killed (oom)", "oom-killer"})
    void a_word_of_its_own_is(String message) {
        assertThat(ErrorRules.shared().read(500, message).kind()).isEqualTo(OUT_OF_MEMORY);
    }

    @Test
    void a_backends_own_rules_come_first() {
        ErrorRules rules = ErrorRules.shared()
                .preceded(ErrorRule.says(LOADING, "out of memory*soon").under(500), ErrorRule.status(OVERLOADED, 418));
        assertThat(rules.read(500, "out of memory, better soon").kind()).isEqualTo(LOADING);
        assertThat(rules.read(501, "out of memory, better soon").kind()).isEqualTo(OUT_OF_MEMORY);
        assertThat(rules.read(418, "").kind()).isEqualTo(OVERLOADED);
        assertThat(ErrorRules.shared().read(418, "").kind()).isEqualTo(REJECTED);
    }

    @Test
    void rules_that_come_last_decide_only_what_no_other_does() {
        ErrorRules rules = ErrorRules.shared().followed(ErrorRule.says(REJECTED, "validation"));
        assertThat(rules.read(500, "validation failed").kind()).isEqualTo(REJECTED);
        assertThat(rules.read(500, "validation ran out of memory").kind()).isEqualTo(OUT_OF_MEMORY);
    }

    @Test
    void a_phrase_may_begin_or_end_with_anything() {
        ErrorRules rules = ErrorRules.shared().preceded(ErrorRule.says(LOADING, "*warming up*"));
        assertThat(rules.read(500, "warming up").kind()).isEqualTo(LOADING);
        assertThat(rules.read(500, "still warming up now").kind()).isEqualTo(LOADING);
        assertThat(rules.read(500, "warm").kind()).isEqualTo(SERVER_ERROR);
    }

    @Test
    void the_failure_tells_what_the_server_told() {
        var failure = ErrorRules.shared()
                .read(404, "{\"error\":{\"message\":\"No such\\n model\",\"code\":\"model_not_found\"}}");
        assertThat(failure.message()).isEqualTo("No such model");
        assertThat(failure.code()).isEqualTo("model_not_found");
        assertThat(failure.status()).isEqualTo(404);
        assertThat(ErrorRules.shared().read(502, "").message()).isEqualTo("HTTP status 502");
    }

    private static Arguments raw(int status, String body, FailureKind kind) {
        return Arguments.of(status, body, kind);
    }

    private static Arguments said(int status, String message, FailureKind kind) {
        String quoted = message.replace("\\", "\\\\").replace("\"", "\\\"");
        return raw(status, "{\"error\":\"" + quoted + "\"}", kind);
    }

    private static Arguments nested(int status, String message, String type, FailureKind kind) {
        String quoted = message.replace("\"", "\\\"");
        return raw(
                status,
                "{\"error\":{\"message\":\"%s\",\"type\":\"%s\",\"code\":%d}}".formatted(quoted, type, status),
                kind);
    }
}
