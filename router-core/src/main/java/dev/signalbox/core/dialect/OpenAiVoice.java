package dev.signalbox.core.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.api.frame.Frame;
import dev.signalbox.api.frame.Framing;
import java.time.Instant;
import java.util.Arrays;

/** The voice of OpenAI's dialects, and of those nobody knows. */
record OpenAiVoice(Dialect dialect) implements DialectVoice {

    @Override
    public byte[] error(Problem problem, String traceId) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("error", error(problem));
        return body.toString().getBytes(UTF_8);
    }

    private static ObjectNode error(Problem problem) {
        ObjectNode error = JsonNodeFactory.instance.objectNode();
        error.put("message", problem.message());
        error.put("type", type(problem));
        error.putNull(Problem.PARAM);
        error.put("code", problem.code());
        problem.details().forEach(error::put);
        return error;
    }

    private static String type(Problem problem) {
        return switch (problem.status()) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 429 -> problem.code().equals("insufficient_quota") ? "insufficient_quota" : "rate_limit_error";
            case 501 -> "not_supported";
            case 503, 529 -> ofServer(problem);
            default -> problem.status() < 500 ? "invalid_request_error" : "server_error";
        };
    }

    /** That nobody is configured is told by the type too: some clients look nowhere else. */
    private static String ofServer(Problem problem) {
        if (problem.code().equals("provider_not_configured")) {
            return problem.code();
        }
        return Overload.in(problem) ? "overloaded_error" : "server_error";
    }

    /**
     * The Responses API has named events with the error's members beside it, and then tells what became of the answer; its
     * clients look at either place.
     */
    @Override
    public byte[] errorFrame(Problem problem, String traceId, byte[] before) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("error", error(problem));
        if (dialect.framing() == Framing.NDJSON) {
            return Frame.line(body.toString()).raw();
        }
        if (!dialect.equals(Dialect.OPENAI_RESPONSES)) {
            return Frame.data(body.toString()).raw();
        }
        long number = SequenceNumber.after(before);
        body.put("type", "error");
        body.put("code", problem.code());
        body.put("message", problem.message());
        body.put("param", problem.details().get(Problem.PARAM));
        body.put("sequence_number", number);
        Frame error = Frame.event("error", body.toString());
        return joined(error.raw(), failed(problem, traceId, number + 1).raw());
    }

    /** Some clients look at nothing but what became of the answer as a whole. */
    private static Frame failed(Problem problem, String traceId, long number) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("type", "response.failed");
        ObjectNode response = body.put("sequence_number", number).putObject("response");
        response.put("id", "resp_" + traceId).put("object", "response").put("status", "failed");
        response.putObject("error").put("code", problem.code()).put("message", problem.message());
        response.putArray("output");
        return Frame.event("response.failed", body.toString());
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    @Override
    public byte[] heartbeat(String model, Instant now) {
        return dialect.framing() == Framing.SSE ? Frame.comment("keep-alive").raw() : new byte[] {'\n'};
    }

    @Override
    public String contentType(boolean streamed) {
        if (!streamed) {
            return "application/json";
        }
        return dialect.framing() == Framing.SSE ? "text/event-stream; charset=utf-8" : "application/x-ndjson";
    }
}
