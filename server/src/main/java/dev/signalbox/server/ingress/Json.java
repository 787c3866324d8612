package dev.signalbox.server.ingress;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Body;
import java.io.IOException;
import java.io.InputStream;

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

    /**
     * Reads a document to its end, and keeps nothing of it.
     *
     * @throws JsonProcessingException if it is none
     */
    static void check(Body document) throws IOException {
        try (InputStream in = document.open();
                JsonParser parser = MAPPER.createParser(in)) {
            int values = 0;
            while (parser.nextToken() != null) {
                parser.skipChildren();
                values++;
            }
            if (values != 1) {
                throw new IOException("it is " + values + " values of JSON instead of one");
            }
        }
    }

    static byte[] bytes(JsonNode tree) {
        try {
            return MAPPER.writeValueAsBytes(tree);
        } catch (JsonProcessingException never) {
            throw new IllegalStateException("A tree can be written.", never);
        }
    }
}
