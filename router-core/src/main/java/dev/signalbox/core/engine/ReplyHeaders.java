package dev.signalbox.core.engine;

import dev.signalbox.api.Headers;
import dev.signalbox.api.RouteTrace;

/** The headers of an answer: what crosses from the server, and what we add. */
final class ReplyHeaders {

    private ReplyHeaders() {}

    static Headers of(Journey journey, Headers upstream) {
        Headers headers = upstream.with("x-request-id", journey.trace().id());
        if (!journey.told()) {
            return headers;
        }
        RouteTrace trace = journey.trace().read();
        headers = headers.and("X-Signalbox-Trace", trace.id()).and("X-Signalbox-Steps", Steps.brief(trace));
        if (trace.target().isPresent()) {
            headers = headers.and(
                    "X-Signalbox-Target", Steps.inHeader(trace.target().get().toString()));
        }
        return trace.dropped().isEmpty()
                ? headers
                : headers.and("X-Signalbox-Dropped", Steps.inHeader(String.join(", ", trace.dropped())));
    }
}
