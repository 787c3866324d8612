package dev.signalbox.backend.http;

import static dev.signalbox.backend.http.ErrorRule.says;
import static dev.signalbox.backend.http.ErrorRule.status;

import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Knows kinds of failure by what servers say. The rules are data, asked in order; a backend puts its own before them.
 *
 * <p>The phrases are those of Ollama, llama.cpp, mlx_lm, mlx-vlm, vLLM, SGLang, TGI, LocalAI and LM Studio, read in their
 * sources of August 2026, and of OpenAI's and Anthropic's documentation.
 */
public final class ErrorRules {

    private static final List<ErrorRule> SHARED = List.of(
            status(FailureKind.UNAUTHORIZED, 401, 402, 403), // 402: it is our account that is not paid
            says(
                    FailureKind.OUT_OF_MEMORY,
                    "out of memory",
                    "out of device memory",
                    "out-of-memory",
                    "outofmemory",
                    "outofmemoryerror",
                    "erroroutofdevicememory",
                    "oom",
                    "cudamalloc failed",
                    "hipmalloc failed",
                    "ggml_cuda_host_malloc",
                    "failed to allocate",
                    "unable to allocate",
                    "allocation failed",
                    "not enough memory",
                    "insufficient memory",
                    "insufficient system resources",
                    "vk_error_out_of_device_memory",
                    "erroroutofmemory",
                    "kiogpucommandbuffercallbackerroroutofmemory",
                    "requires more system memory",
                    "only * are available (after",
                    "failed to fit params to free device memory",
                    "maximum allowed buffer size",
                    "resource limit (",
                    "no available memory for the cache blocks",
                    "less than desired gpu memory utilization",
                    "larger than the available kv cache memory"),
            says(
                    FailureKind.CONTEXT_OVERFLOW,
                    "exceed_context_size_error",
                    "context_length_exceeded",
                    "exceeds the available context size",
                    "maximum context length",
                    "longer than the model's context length",
                    "longer than the maximum model length",
                    "longer than the context length",
                    "prompt is too long",
                    "must be <= *max_new_tokens",
                    "max_new_tokens* must be <=",
                    "must have less than * tokens",
                    "input length exceeds",
                    "max_kv_size is",
                    "n_keep",
                    "tokens to keep",
                    "trying to keep the first",
                    "context size has been exceeded",
                    "larger than the max context size",
                    "is too large to process"),
            says(FailureKind.LOADING, "loading model", "model_loading").under(503, 200),
            says(
                    FailureKind.MODEL_UNAVAILABLE,
                    "model is not loaded",
                    "model is not running",
                    "no models loaded",
                    "model is unloaded",
                    "model_not_found",
                    "try pulling it first",
                    "not a known hugging face repo",
                    "model '*' not found",
                    "model \"*\" not found",
                    "model `*` does not exist",
                    "model * does not exist"),
            says(FailureKind.MODEL_UNAVAILABLE, "not found", "does not exist", "repository not found", "no such file")
                    .under(404),
            status(FailureKind.OVERLOADED, 429, 529),
            says(
                            FailureKind.OVERLOADED,
                            "server busy",
                            "queue is full",
                            "no slot available",
                            "overloaded",
                            "overloaded_error",
                            "maximum pending requests exceeded")
                    .under(503, 200, 500),
            says(FailureKind.OVERLOADED, "model limit reached, try again later"),
            says(
                    FailureKind.UNREACHABLE,
                    "enginecore encountered an issue",
                    "model runner has unexpectedly stopped",
                    "has crashed",
                    "proxy error:",
                    "llama-server process no longer running"),
            status(FailureKind.UNSUPPORTED, 501),
            says(
                    FailureKind.UNSUPPORTED,
                    "does not support",
                    "not supported",
                    "not_supported_error",
                    "image input is not supported",
                    "requires --enable-auto-tool-choice",
                    "only 'text' content type"),
            says(
                    FailureKind.MODEL_UNAVAILABLE,
                    "failed to load",
                    "llama-server process has terminated",
                    "timed out waiting for llama-server to start",
                    "model_load_failed",
                    "llama-server startup failed",
                    "unable to load full model on gpu",
                    "this model may be incompatible"),
            says(FailureKind.REJECTED, "json.exception", "'*' is required")
                    .under(500), // llama.cpp takes the blame itself
            status(FailureKind.SERVER_ERROR, 424), // TGI: it failed while it generated
            status(FailureKind.TIMED_OUT, 408, 504),
            status(FailureKind.MODEL_UNAVAILABLE, 404),
            status(FailureKind.OVERLOADED, 503),
            status(FailureKind.OUT_OF_MEMORY, 507));

    private final List<ErrorRule> rules;

    private ErrorRules(List<ErrorRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** The rules that all servers share. */
    public static ErrorRules shared() {
        return new ErrorRules(SHARED);
    }

    /** These rules, asked before the others. */
    public ErrorRules preceded(ErrorRule... own) {
        List<ErrorRule> all = new ArrayList<>(List.of(own));
        all.addAll(rules);
        return new ErrorRules(all);
    }

    /** These rules, asked when no other holds. */
    public ErrorRules followed(ErrorRule... own) {
        List<ErrorRule> all = new ArrayList<>(rules);
        all.addAll(List.of(own));
        return new ErrorRules(all);
    }

    /** What kind of failure an error is, with what it says out of its envelope. */
    public Failure read(int status, String error) {
        ErrorText text = ErrorText.of(error);
        int effective = status < 400 ? text.status().orElse(status) : status;
        String said = text.message() + " " + text.type();
        FailureKind kind = rules.stream()
                .filter(rule -> rule.holds(effective, said))
                .findFirst()
                .map(ErrorRule::kind)
                .orElseGet(() -> rest(effective));
        String message = text.message().isEmpty() ? "HTTP status " + effective : text.message();
        return new Failure(kind, effective, text.code(), message, Optional.empty());
    }

    private static FailureKind rest(int status) {
        return status >= 400 && status < 500 && status != 499 ? FailureKind.REJECTED : FailureKind.SERVER_ERROR;
    }
}
