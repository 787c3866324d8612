package dev.signalbox.core.dialect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Body;
import dev.signalbox.core.json.Json;
import dev.signalbox.core.json.LongText;
import dev.signalbox.core.json.StringFinder;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * Some top-level members of a body as a tree, without the long strings that hold images and sounds: those are passed
 * by undecoded and stand in the tree as empty texts. What is said in messages is passed by, too, and stands there as a
 * {@link LateText}, an array of nothing but numbers as one {@link Numbers}. One thread uses it.
 */
final class Outline {

    /** Numbers in a row, which are tokens: only how many there are is of interest. */
    record Numbers(long count) {}

    /** A body up to this is read faster than anything of it is found again. */
    private static final int AT_ONCE = 8 * 1024;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Set<String> BULKY = Set.of("url", "data", "image_url", "images", "file_data");
    private static final Set<String> SAID = Set.of("content", "text");
    private static final Set<String> VERBATIM =
            Set.of("input", "arguments", "parameters"); // of tools: all of it counts

    /** About what things take in memory, in bytes. */
    private static final int A_NODE = 24;

    private static final int AN_OBJECT = 160;
    private static final int AN_ARRAY = 96;
    private static final int A_LATE_TEXT = 40;
    private static final int A_MEMBER = 48;

    private final Body body;
    private final JsonParser parser;
    private final Optional<StringFinder> finder; // of a large body
    private final boolean late;
    private final long most;
    private long taken;
    private Optional<LateText> passed = Optional.empty(); // whose end is not known yet

    private Outline(Body body, JsonParser parser, Optional<StringFinder> finder, long most) {
        this.body = body;
        this.parser = parser;
        this.finder = finder;
        this.late = finder.isEmpty() && body.size() > AT_ONCE;
        this.most = most;
    }

    /**
     * Those members.
     *
     * @param large whether the body may hold strings of many megabytes, which the parser would copy several times
     * @param most how much memory what it reads may take, about, in bytes
     * @throws ReadingRefused if it takes more
     */
    static ObjectNode of(Body body, Set<String> names, boolean large, long most) throws IOException {
        try (JsonParser parser = Json.parser(body.open())) {
            parser.nextToken();
            if (!large) {
                return new Outline(body, parser, Optional.empty(), most).members(names);
            }
            try (StringFinder finder = new StringFinder(body)) {
                return new Outline(body, parser, Optional.of(finder), most).members(names);
            }
        }
    }

    private ObjectNode members(Set<String> names) throws IOException {
        ObjectNode members = NODES.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (names.contains(name)) {
                members.set(name, value(BULKY.contains(name), false));
            } else {
                parser.skipChildren();
            }
        }
        return members;
    }

    private JsonNode value(boolean bulky, boolean verbatim) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(verbatim);
            case START_ARRAY -> array(bulky, verbatim);
            case VALUE_STRING -> {
                takes(A_NODE);
                yield NODES.textNode(bulky ? "" : string());
            }
            default -> {
                takes(A_NODE);
                yield Json.tree(parser);
            }
        };
    }

    private ObjectNode object(boolean verbatim) throws IOException {
        takes(AN_OBJECT);
        ObjectNode object = NODES.objectNode();
        while (next() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            takes(A_MEMBER + name.length());
            object.set(name, verbatim ? value(false, true) : member(object, name));
        }
        return object;
    }

    private JsonNode member(ObjectNode object, String name) throws IOException {
        if (late && SAID.contains(name) && parser.currentToken() == JsonToken.VALUE_STRING) {
            return pass();
        }
        boolean text = object.path("type").asText("").equals("text"); // a document's data may be plain text
        return value(BULKY.contains(name) && !text, VERBATIM.contains(name));
    }

    private JsonNode pass() {
        takes(A_NODE + A_LATE_TEXT);
        LateText text = new LateText(body, parser.currentTokenLocation().getByteOffset());
        passed = Optional.of(text);
        return NODES.pojoNode(text);
    }

    /** The next token, before which a text ends that was passed by. */
    private JsonToken next() throws IOException {
        JsonToken next = parser.nextToken();
        if (passed.isPresent()) {
            LateText text = passed.get();
            text.endsBefore(parser.currentTokenLocation().getByteOffset());
            takes(2 * text.length());
            passed = Optional.empty();
        }
        return next;
    }

    private JsonNode array(boolean bulky, boolean verbatim) throws IOException {
        takes(AN_ARRAY);
        ArrayNode array = NODES.arrayNode();
        long numbers = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (array.isEmpty() && !verbatim && parser.currentToken().isNumeric()) {
                numbers++;
            } else {
                numbers = spelt(numbers, array);
                array.add(value(bulky, verbatim));
            }
        }
        return numbers > 0 ? NODES.pojoNode(new Numbers(numbers)) : array;
    }

    /** Numbers that something else follows stand for themselves after all. */
    private long spelt(long numbers, ArrayNode array) {
        for (long i = 0; i < numbers; i++) {
            takes(A_NODE);
            array.add(0);
        }
        return 0;
    }

    private String string() throws IOException {
        return finder.isPresent() ? found(finder.get()) : parsed();
    }

    private String parsed() throws IOException {
        String text = parser.getText();
        takes(2L * text.length());
        return text;
    }

    /** The parser need not know a long string, and does not while nobody asks it. */
    private String found(StringFinder finder) throws IOException {
        LongText text = finder.at(parser.currentTokenLocation().getByteOffset());
        if (!text.isLong()) {
            return parsed();
        }
        LongText.Measure measure = text.measure(body);
        takes(measure.memory());
        return text.read(body, measure);
    }

    private void takes(long bytes) {
        taken += bytes;
        if (taken > most) {
            throw ReadingRefused.tooLarge(most);
        }
    }
}
