package dev.signalbox.backend.mlx;

import static dev.signalbox.backend.http.ErrorRule.says;

import dev.signalbox.api.FailureKind;
import dev.signalbox.backend.http.ErrorRules;
import dev.signalbox.backend.http.Upstream;
import dev.signalbox.backend.http.transport.TransportException;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.RequestView;
import java.util.Optional;

/** What the servers' failures mean. A status tells little: mlx_lm.server says 404 of all that fails before it generates. */
final class MlxErrors {

    /** The allocator's texts come first: whatever else Metal complains of is no lack of memory. */
    static final ErrorRules RULES = ErrorRules.shared()
            .preceded(
                    says(
                            FailureKind.OUT_OF_MEMORY,
                            "[metal::malloc]",
                            "[malloc]",
                            "insufficient memory",
                            "kiogpucommandbuffercallbackerroroutofmemory"),
                    says(FailureKind.SERVER_ERROR, "[metal]", "[metal::", "command buffer execution failed"),
                    says(FailureKind.MODEL_UNAVAILABLE, "model type * not supported", "no safetensors found"),
                    says(
                            FailureKind.UNSUPPORTED,
                            "tokenizer.chat_template is not set",
                            "conversation roles must alternate",
                            "roles are supported"));

    private static final String WORDLESS =
            "the server closed the connection without a word, as mlx_lm.server does when a"
                    + " member of the request is not of the type it expects, and when generating fails";

    private MlxErrors() {}

    /** The same failure, but that nothing but "Not Found" means that the server has no such path. */
    static Failure understood(Failure failure) {
        return Upstream.saysNoPath(failure)
                ? new Failure(
                        FailureKind.UNSUPPORTED,
                        failure.status(),
                        failure.code(),
                        "the server has no such path (404 Not Found); are `base-url` and `flavor` right?",
                        failure.retryAfter())
                : failure;
    }

    /** The same failure, but a reply without a byte told as what it is at an mlx_lm.server, if it may be one. */
    static BackendException explained(BackendException failed, Optional<Flavor> flavor, RequestView request) {
        boolean wordless = failed.getCause() instanceof TransportException trouble
                && trouble.reason() == TransportException.Reason.NO_REPLY
                && flavor.orElse(Flavor.LM) == Flavor.LM;
        return new BackendException(wordless ? wordless(request) : understood(failed.failure()), failed);
    }

    private static Failure wordless(RequestView request) {
        return LmTypes.fault(request)
                .map(fault -> Failure.of(FailureKind.REJECTED, fault))
                .orElseGet(() -> Failure.of(FailureKind.BROKEN_REPLY, WORDLESS));
    }
}
