package dev.signalbox.core.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.api.frame.Frame;
import java.time.Instant;
import java.util.Set;

/** The voice of Ollama's dialects. */
record OllamaVoice(Dialect dialect) implements DialectVoice {

    private static final Set<Dialect> WHOLE = Set.of(Dialect.OLLAMA_EMBED, Dialect.OLLAMA_EMBEDDINGS);
    private static final byte[] NOTHING = new byte[0];

    @Override
    public byte[] error(Problem problem, String traceId) {
        return json(problem).getBytes(UTF_8);
    }

    @Override
    public byte[] errorFrame(Problem problem, String traceId, byte[] before) {
        return Frame.line(json(problem)).raw();
    }

    private static String json(Problem problem) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("error", problem.message())
                .toString();
    }

    /** A line that adds an empty text: the dialect has no comments. Vectors come as a whole, so nothing may come before. */
    @Override
    public byte[] heartbeat(String model, Instant now) {
        if (WHOLE.contains(dialect)) {
            return NOTHING;
        }
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("model", model);
        line.put("created_at", now.toString());
        if (dialect.equals(Dialect.OLLAMA_CHAT)) {
            line.putObject("message").put("role", "assistant").put("content", "");
        } else {
            line.put("response", "");
        }
        line.put("done", false);
        return Frame.line(line.toString()).raw();
    }

    @Override
    public String contentType(boolean streamed) {
        return streamed ? "application/x-ndjson" : "application/json; charset=utf-8";
    }
}
