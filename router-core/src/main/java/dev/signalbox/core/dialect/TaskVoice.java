package dev.signalbox.core.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.api.frame.Frame;
import java.time.Instant;

/** The voice of the dialect {@code task}: an error's words stand in {@code detail}. */
record TaskVoice() implements DialectVoice {

    @Override
    public byte[] error(Problem problem, String traceId) {
        return json(problem, traceId).getBytes(UTF_8);
    }

    @Override
    public byte[] errorFrame(Problem problem, String traceId, byte[] before) {
        return Frame.data(json(problem, traceId)).raw();
    }

    private static String json(Problem problem, String traceId) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("detail", problem.message());
        ObjectNode error = body.putObject("error");
        error.put("code", problem.code());
        error.put("status", problem.status());
        problem.details().forEach(error::put);
        return body.put("request_id", traceId).toString();
    }

    @Override
    public byte[] heartbeat(String model, Instant now) {
        return Frame.comment("keep-alive").raw();
    }

    @Override
    public String contentType(boolean streamed) {
        return streamed ? "text/event-stream; charset=utf-8" : "application/json";
    }
}
