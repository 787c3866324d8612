package dev.signalbox.core.engine;

import dev.signalbox.api.FailureKind;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.Target;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.Refusal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Why one target did not answer.
 *
 * @param target which
 * @param what a failure's or refusal's kind, as in the trace
 * @param by the guard or part of the engine that said so; empty for the backend
 * @param problem what a client would be told if this were the only reason
 * @param upstream whether the backend itself said so in an HTTP answer
 */
record Reason(Target target, String what, String by, Problem problem, boolean upstream) {

    /** A status by which the next router says that a request comes back to it: asking again leads there again. */
    private static final int LOOP = 508;

    static Reason of(Target target, Failure failure) {
        FailureKind kind = failure.kind();
        boolean circle = failure.status() == LOOP;
        Problem problem = new Problem(
                statusOf(failure),
                circle ? "loop_detected" : codeOf(failure),
                failure.message(),
                failure.retryAfter(),
                circle || !kind.passing(),
                failure.param().map(path -> Map.of(Problem.PARAM, path)).orElse(Map.of()));
        return new Reason(target, kind.id(), "", problem, failure.status() > 0);
    }

    static Reason of(Target target, String by, Refusal refusal) {
        Refusal.Kind kind = refusal.kind();
        Problem problem = new Problem(
                kind.status(),
                kind.code(),
                refusal.message(),
                refusal.retryAfter(),
                kind.permanent(),
                refusal.details());
        return new Reason(target, kind.id(), by, problem, false);
    }

    /** The kind of failure it would have been, had it been tried; empty if there is none like it. */
    Optional<FailureKind> kind() {
        return switch (what) {
            case "too-long" -> Optional.of(FailureKind.CONTEXT_OVERFLOW);
            case "no-memory" -> Optional.of(FailureKind.OUT_OF_MEMORY);
            case "not-capable" -> Optional.of(FailureKind.UNSUPPORTED);
            case "unhealthy" -> Optional.of(FailureKind.UNREACHABLE);
            case "not-offered" -> Optional.of(FailureKind.MODEL_UNAVAILABLE);
            case "full" -> Optional.of(FailureKind.OVERLOADED);
            default ->
                Arrays.stream(FailureKind.values())
                        .filter(kind -> kind.id().equals(what))
                        .findFirst();
        };
    }

    /** Whether a guard said so. */
    boolean byGuard() {
        return !by.isEmpty() && !by.equals("engine") && !by.equals("room");
    }

    /** How the target stands because of it, for traces. */
    RouteTrace.Standing standing() {
        return new RouteTrace.Standing(target, "excluded", by, problem.message(), List.of(), List.of());
    }

    private static int statusOf(Failure failure) {
        int seen = failure.status();
        return switch (failure.kind()) {
            case SERVER_ERROR ->
                seen >= 500 && seen < 600 ? seen : failure.kind().status();
            case REJECTED -> seen >= 400 && seen < 500 ? seen : failure.kind().status();
            default -> failure.kind().status();
        };
    }

    private static String codeOf(Failure failure) {
        return switch (failure.kind()) {
            case UNREACHABLE -> "upstream_unreachable";
            case LOADING -> "model_loading";
            case TIMED_OUT -> "upstream_timeout";
            case OVERLOADED -> "upstream_overloaded";
            case OUT_OF_MEMORY -> "insufficient_memory";
            case MODEL_UNAVAILABLE -> "model_unavailable";
            case SERVER_ERROR -> "upstream_error";
            case BROKEN_REPLY -> "upstream_broken_reply";
            case CONTEXT_OVERFLOW -> "context_length_exceeded";
            case UNSUPPORTED -> "not_supported";
            case UNAUTHORIZED -> "upstream_unauthorized";
            case REJECTED -> failure.code().isEmpty() ? "invalid_request" : failure.code();
            case DEFECT -> "internal_error";
        };
    }
}
