package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.frame.Frame;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A strict client of {@code ollama.chat} or {@code ollama.generate}. */
final class OllamaRules extends Rules {

    private static final List<String> AT_THE_END = List.of(
            "done_reason", "total_duration", "load_duration", "prompt_eval_duration", "eval_duration", "eval_count");

    private final boolean chat;
    private final Set<Integer> calls = new HashSet<>();
    private boolean done;

    OllamaRules(Dialect dialect) {
        this.chat = dialect.equals(Dialect.OLLAMA_CHAT);
    }

    @Override
    void take(Frame frame) {
        JsonNode line = object(frame);
        rule(!done, "it was done", line);
        rule(line.path("model").isTextual(), "nobody says it", line);
        rule(Instant.parse(line.path("created_at").asText()).getEpochSecond() >= 0, "it has no time", line);
        rule(line.path("done").isBoolean(), "it does not say whether it is done", line);
        said(line);
        done = line.path("done").booleanValue();
        if (done) {
            rule(line.path("done_reason").isTextual(), "it does not say why", line);
        } else {
            AT_THE_END.forEach(name -> rule(!line.has(name), name + " is said too early", line));
        }
    }

    private void said(JsonNode line) {
        JsonNode message = line.path("message");
        rule(chat == message.isObject() && chat != line.path("response").isTextual(), "it is of the other call", line);
        if (chat) {
            rule(message.path("role").asText().equals("assistant"), "it is somebody else's", line);
            rule(message.path("content").isTextual(), "content is no text", line);
            message.path("tool_calls").forEach(this::call);
        }
        JsonNode thought = (chat ? message : line).path("thinking");
        rule(thought.isMissingNode() || thought.isTextual(), "thinking is no text", line);
    }

    private void call(JsonNode call) {
        JsonNode function = call.path("function");
        rule(!call.path("id").asText("").isEmpty(), "a call has no id", call);
        rule(calls.add(function.path("index").asInt(-1)), "a call is told twice", call);
        rule(function.path("name").isTextual(), "a call has no name", call);
        rule(function.path("arguments").isObject(), "arguments are no object", call);
    }

    @Override
    void end() {
        rule(done, "it is not done", "the end");
    }
}
