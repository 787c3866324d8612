package dev.signalbox.examples.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Puts the lines of Ollama's chats together as its clients do. */
final class StreamedLines {

    private StreamedLines() {}

    /** The last line, with the text and the calls of all of them in its message. */
    static JsonNode of(String stream) {
        List<JsonNode> lines = stream.lines().map(Event::json).toList();
        ObjectNode last = (ObjectNode) lines.getLast();
        StringBuilder content = new StringBuilder();
        ObjectNode message = last.objectNode();
        for (JsonNode line : lines) {
            assertThat(line.path("done").asBoolean()).isEqualTo(line == last);
            assertThat(line.path("model").asText()).isNotEmpty();
            content.append(line.at("/message/content").asText(""));
            line.at("/message/tool_calls").forEach(message.withArrayProperty("tool_calls")::add);
        }
        last.set("message", message.put("content", content.toString()));
        assertThat(last.path("done_reason").asText()).isNotEmpty();
        assertThat(last.path("total_duration").asLong()).isPositive();
        return last;
    }
}
