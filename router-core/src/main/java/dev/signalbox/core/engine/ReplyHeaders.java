package dev.signalbox.core.engine;

import dev.signalbox.api.Headers;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.core.dialect.DialectVoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The headers of an answer: what crosses from the server, and what we add. */
final class ReplyHeaders {

    private ReplyHeaders() {}

    static Headers of(Journey journey, Headers upstream) {
        List<Map.Entry<String, String>> lines = new ArrayList<>(8);
        for (Map.Entry<String, String> line : upstream) {
            if (!line.getKey().equalsIgnoreCase("x-request-id")) {
                lines.add(line);
            }
        }
        lines.add(Map.entry("x-request-id", journey.trace().id()));
        DialectVoice.of(journey.request().dialect())
                .idHeader()
                .ifPresent(name -> lines.add(Map.entry(name, journey.trace().id())));
        if (journey.told()) {
            tell(lines, journey.trace().read());
        }
        return Headers.of(lines);
    }

    private static void tell(List<Map.Entry<String, String>> lines, RouteTrace trace) {
        lines.add(Map.entry("X-Signalbox-Trace", trace.id()));
        lines.add(Map.entry("X-Signalbox-Steps", Steps.brief(trace)));
        trace.target()
                .ifPresent(target -> lines.add(Map.entry("X-Signalbox-Target", Steps.inHeader(target.toString()))));
        if (!trace.dropped().isEmpty()) {
            lines.add(Map.entry("X-Signalbox-Dropped", Steps.listed(trace.dropped())));
        }
    }
}
