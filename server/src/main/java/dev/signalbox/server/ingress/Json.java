package dev.signalbox.server.ingress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** Trees of JSON, and their bytes. */
final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** A tree of maps, lists, text, numbers and flags. */
    static JsonNode tree(Object content) {
        return MAPPER.valueToTree(content);
    }

    /**
     * Reads a tree.
     *
     * @throws JsonProcessingException if it is none
     */
    static JsonNode read(byte[] json) throws IOException {
        return MAPPER.readTree(json);
    }

    static byte[] bytes(JsonNode tree) {
        try {
            return MAPPER.writeValueAsBytes(tree);
        } catch (JsonProcessingException never) {
            throw new IllegalStateException("A tree can be written.", never);
        }
    }
}
