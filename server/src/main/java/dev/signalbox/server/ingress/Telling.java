package dev.signalbox.server.ingress;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.Headers;
import dev.signalbox.api.RouteException;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.api.RouteTrace;
import java.util.stream.Collectors;

/**
 * What a client is told of a request that got no answer.
 *
 * @param problem what is wrong
 * @param traceId the id of what was decided
 * @param headers what was decided
 */
record Telling(Problem problem, String traceId, Headers headers) {

    /** About something that no router had a part in. */
    static Telling of(Problem problem) {
        return new Telling(problem, TraceIds.next(), Headers.none());
    }

    /** About what the router decided. */
    static Telling of(RouteException failure, boolean exposes) {
        RouteTrace trace = failure.trace();
        return new Telling(failure.problem(), trace.id(), exposes ? decided(trace) : Headers.none());
    }

    ErrorShape in(Dialect dialect) {
        return ErrorShape.of(dialect, problem, traceId);
    }

    private static Headers decided(RouteTrace trace) {
        Headers headers = Headers.of("X-Signalbox-Trace", trace.id());
        if (trace.steps().isEmpty()) {
            return headers;
        }
        String steps = trace.steps().stream().map(RouteTrace.Step::brief).collect(Collectors.joining(", "));
        return headers.and("X-Signalbox-Steps", steps);
    }
}
