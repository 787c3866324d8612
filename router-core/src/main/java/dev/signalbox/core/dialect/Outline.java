package dev.signalbox.core.dialect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Body;
import dev.signalbox.core.json.Json;
import java.io.IOException;
import java.util.Set;

/**
 * Some top-level members of a body as a tree, without the long strings that hold images and sounds: those are passed
 * by undecoded and stand in the tree as empty texts.
 */
final class Outline {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Set<String> BULKY = Set.of("url", "data", "image_url", "images", "file_data");
    private static final Set<String> VERBATIM =
            Set.of("input", "arguments", "parameters"); // of tools: all of it counts

    private final JsonParser parser;

    private Outline(JsonParser parser) {
        this.parser = parser;
    }

    static ObjectNode of(Body body, Set<String> names) throws IOException {
        try (JsonParser parser = Json.parser(body.open())) {
            parser.nextToken();
            return new Outline(parser).members(names);
        }
    }

    private ObjectNode members(Set<String> names) throws IOException {
        ObjectNode members = NODES.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (names.contains(name)) {
                members.set(name, value(BULKY.contains(name)));
            } else {
                parser.skipChildren();
            }
        }
        return members;
    }

    private JsonNode value(boolean bulky) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object();
            case START_ARRAY -> array(bulky);
            case VALUE_STRING -> NODES.textNode(bulky ? "" : parser.getText());
            default -> Json.tree(parser);
        };
    }

    private ObjectNode object() throws IOException {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            boolean text = object.path("type").asText("").equals("text"); // a document's data may be plain text
            object.set(name, VERBATIM.contains(name) ? Json.tree(parser) : value(BULKY.contains(name) && !text));
        }
        return object;
    }

    private ArrayNode array(boolean bulky) throws IOException {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(bulky));
        }
        return array;
    }
}
