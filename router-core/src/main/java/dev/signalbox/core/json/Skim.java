package dev.signalbox.core.json;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;

/**
 * Reads a document as a tree without what is long and of no interest: the values of some members are passed by and
 * stand in the tree as empty arrays, objects or texts. Texts that are left unread stand there as an ellipsis, unless
 * they are empty.
 *
 * @param passedBy the names of the members that are passed by, wherever they stand
 * @param unread the names of members that are left unread where they are texts
 */
public record Skim(Set<String> passedBy, Set<String> unread) {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonNode SOMETHING = NODES.textNode("…");

    public Skim {
        passedBy = Set.copyOf(passedBy);
        unread = Set.copyOf(unread);
    }

    /** One that leaves no text unread. */
    public Skim(Set<String> passedBy) {
        this(passedBy, Set.of());
    }

    /** The same, but texts of those names are left unread. */
    public Skim leavingUnread(String... names) {
        return new Skim(passedBy, Set.of(names));
    }

    /** The document; a missing node if there is none. Throws if anything but space follows it. */
    public JsonNode read(byte[] bytes) throws IOException {
        return read(ByteBuffer.wrap(bytes));
    }

    /** The same of bytes of an array, which stay as they are. */
    public JsonNode read(ByteBuffer bytes) throws IOException {
        try (JsonParser parser = Json.parser(bytes)) {
            if (parser.nextToken() == null) {
                return NODES.missingNode();
            }
            JsonNode document = value(parser, bytes);
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "something follows the document");
            }
            return document;
        }
    }

    private JsonNode value(JsonParser parser, ByteBuffer bytes) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, bytes);
            case START_ARRAY -> array(parser, bytes);
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            case VALUE_NUMBER_INT -> integer(parser);
            default -> NODES.numberNode(parser.getDoubleValue());
        };
    }

    private static JsonNode integer(JsonParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT, LONG -> NODES.numberNode(parser.getLongValue());
            default -> NODES.numberNode(parser.getDoubleValue());
        };
    }

    private ObjectNode object(JsonParser parser, ByteBuffer bytes) throws IOException {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            object.set(name, member(name, parser, bytes));
        }
        return object;
    }

    private JsonNode member(String name, JsonParser parser, ByteBuffer bytes) throws IOException {
        if (passedBy.contains(name)) {
            return nothing(parser);
        }
        boolean passed = parser.currentToken() == JsonToken.VALUE_STRING && unread.contains(name);
        return passed ? inBrief(parser, bytes) : value(parser, bytes);
    }

    /** Whether a text is empty shows behind the quote it begins with. */
    private static JsonNode inBrief(JsonParser parser, ByteBuffer bytes) {
        int next = bytes.position() + (int) parser.currentTokenLocation().getByteOffset() + 1;
        boolean empty = next < bytes.limit() && bytes.get(next) == '"';
        return empty ? NODES.textNode("") : SOMETHING;
    }

    private ArrayNode array(JsonParser parser, ByteBuffer bytes) throws IOException {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser, bytes));
        }
        return array;
    }

    private static JsonNode nothing(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        parser.skipChildren();
        return switch (token) {
            case START_OBJECT -> NODES.objectNode();
            case START_ARRAY -> NODES.arrayNode();
            case VALUE_STRING -> NODES.textNode("");
            default -> NODES.nullNode();
        };
    }
}
