package dev.signalbox.backend.llamacpp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** One block of a message, put together from its pieces. For one thread. */
final class JoinedBlock {

    private ObjectNode block = FrameJson.object();
    private final SequencedMap<String, StringBuilder> texts =
            new LinkedHashMap<>(); // such as a thought and its signature
    private final StringBuilder input = new StringBuilder();

    void begin(JsonNode start) {
        if (start instanceof ObjectNode object) {
            block = object;
        }
    }

    void add(JsonNode delta) {
        delta.properties().forEach(member -> add(member.getKey(), member.getValue()));
    }

    private void add(String name, JsonNode value) {
        switch (name) {
            case "type" -> {} // that of the piece
            case "partial_json" -> input.append(value.asText(""));
            default -> {
                if (value.isTextual()) {
                    texts.computeIfAbsent(name, each -> new StringBuilder()).append(value.asText());
                }
            }
        }
    }

    ObjectNode whole() {
        texts.forEach((name, text) -> block.put(name, block.path(name).asText("") + text));
        if (block.path("type").asText().equals("tool_use")) {
            block.set("input", FrameJson.objectOrEmpty(input.toString()));
        }
        return block;
    }
}
