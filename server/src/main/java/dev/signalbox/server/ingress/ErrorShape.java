package dev.signalbox.server.ingress;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.Headers;
import dev.signalbox.api.JsonText;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.api.frame.Framing;
import java.nio.charset.StandardCharsets;

/** What a client of some dialect is told about a problem. */
record ErrorShape(int status, Headers headers, String body, String frame) {

    byte[] bytes() {
        return utf8(body);
    }

    byte[] frameBytes() {
        return utf8(frame);
    }

    static ErrorShape of(Dialect dialect, Problem problem, String traceId) {
        String json = json(dialect, problem);
        String frame = dialect.framing() == Framing.SSE ? "data: " + json + "\n\n" : json + "\n";
        Headers headers = Headers.of("Content-Type", "application/json", "x-request-id", traceId);
        if (problem.permanent()) {
            headers = headers.and("x-should-retry", "false");
        }
        if (problem.retryAfter().isPresent()) {
            headers = headers.and(
                    "Retry-After",
                    Long.toString(Math.max(1, problem.retryAfter().orElseThrow().toSeconds())));
        }
        return new ErrorShape(problem.status(), headers, json, frame);
    }

    static byte[] heartbeat(Dialect dialect, String model) {
        return switch (dialect.family()) {
            case "anthropic" -> utf8("event: ping\ndata: {\"type\": \"ping\"}\n\n");
            case "ollama" -> utf8("{\"model\":%s,\"done\":false}\n".formatted(JsonText.quote(model)));
            default -> utf8(": heartbeat\n\n");
        };
    }

    private static String json(Dialect dialect, Problem problem) {
        String message = JsonText.quote(problem.message());
        String code = JsonText.quote(problem.code());
        return switch (dialect.family()) {
            case "ollama" -> "{\"error\":%s}".formatted(message);
            case "anthropic" -> "{\"type\":\"error\",\"error\":{\"type\":%s,\"message\":%s}}".formatted(code, message);
            default ->
                "{\"error\":{\"message\":%s,\"type\":\"signalbox_error\",\"param\":null,\"code\":%s}}"
                        .formatted(message, code);
        };
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
