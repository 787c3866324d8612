package dev.signalbox.core.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.api.frame.Frame;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** The voice of Anthropic's dialects. */
record AnthropicVoice() implements DialectVoice {

    private static final int OVERLOADED = 529;

    /** Its clients know by these words, and by nothing else, that they have to shorten a conversation. */
    private static final String TOO_LONG = "prompt is too long";

    @Override
    public int status(Problem problem) {
        return Overload.in(problem) ? OVERLOADED : problem.status();
    }

    @Override
    public Optional<String> idHeader() {
        return Optional.of("request-id");
    }

    @Override
    public byte[] error(Problem problem, String traceId) {
        return json(problem, traceId).getBytes(UTF_8);
    }

    private String json(Problem problem, String traceId) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("type", "error");
        ObjectNode error = body.putObject("error");
        error.put("type", type(status(problem)));
        error.put("message", message(problem));
        error.put("code", problem.code());
        problem.details().forEach(error::put);
        body.put("request_id", traceId);
        return body.toString();
    }

    private static String message(Problem problem) {
        String said = problem.message();
        boolean tooLong = problem.code().equals("context_length_exceeded");
        return tooLong && !said.toLowerCase(Locale.ROOT).contains(TOO_LONG) ? TOO_LONG + ": " + said : said;
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 409 -> "conflict_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 501 -> "invalid_request_error";
            case 504 -> "timeout_error";
            case OVERLOADED -> "overloaded_error";
            default -> status < 500 ? "invalid_request_error" : "api_error";
        };
    }

    @Override
    public byte[] errorFrame(Problem problem, String traceId, byte[] before) {
        return Frame.event("error", json(problem, traceId)).raw();
    }

    @Override
    public byte[] heartbeat(String model, Instant now) {
        return Frame.event("ping", "{\"type\":\"ping\"}").raw();
    }

    @Override
    public String contentType(boolean streamed) {
        return streamed ? "text/event-stream; charset=utf-8" : "application/json";
    }
}
