package dev.signalbox.core.engine;

import dev.signalbox.api.Headers;
import dev.signalbox.api.RouteException;
import dev.signalbox.api.RouteException.Problem;
import java.time.Duration;
import java.util.Optional;

/** The headers of an answer that is none. */
public final class ErrorHeaders {

    private ErrorHeaders() {}

    /** For a request that failed: what was tried, when to come back, and whether to. */
    public static Headers of(RouteException failure) {
        Headers headers = of(failure.problem(), failure.trace().id());
        if (!failure.trace().exposed()) {
            return headers;
        }
        headers = headers.and("X-Signalbox-Trace", failure.trace().id());
        String steps = Steps.brief(failure.trace());
        return steps.isEmpty() ? headers : headers.and("X-Signalbox-Steps", steps);
    }

    /** For what never became a request. */
    public static Headers of(Problem problem, String traceId) {
        Headers headers = Headers.of("x-request-id", traceId);
        if (problem.permanent()) {
            headers = headers.and("x-should-retry", "false");
        }
        Optional<String> after = problem.retryAfter().map(ErrorHeaders::seconds);
        return after.isEmpty() ? headers : headers.and("Retry-After", after.get());
    }

    /** Whole seconds, at least one, rounded up. */
    private static String seconds(Duration time) {
        return Long.toString(Math.max(1, time.plusMillis(999).toSeconds()));
    }
}
