package dev.signalbox.core.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.TreeNode;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** How JSON from outside is read: UTF-8 only, of bounded depth, with offsets in bytes. Safe for any thread. */
public final class Json {

    /** How deep arrays and objects may be nested. */
    public static final int DEEPEST = 512;

    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(Integer.MAX_VALUE) // the body's own limit bounds it: images are long strings
                    .build())
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES) // names come from strangers
            .recyclerPool(JsonRecyclerPools.newBoundedPool(64)) // a thread's own buffers die with a virtual thread
            .build();

    /** Made when the first tree is wanted: a mapper knows how dates are written in all languages, which takes 30 ms. */
    private static final class Trees {
        static final JsonMapper MAPPER = JsonMapper.builder(FACTORY).build();
        static final ObjectReader EXACT = MAPPER.reader()
                .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);
    }

    private Json() {}

    /** A parser of a stream, which it closes with itself; offsets count from where the stream stands. */
    public static JsonParser parser(InputStream in) throws IOException {
        return FACTORY.createParser(in);
    }

    /** A parser of these bytes. */
    public static JsonParser parser(byte[] bytes) throws IOException {
        return FACTORY.createParser(bytes);
    }

    /** A parser of these bytes of an array; offsets count from the first of them. */
    public static JsonParser parser(ByteBuffer bytes) throws IOException {
        return FACTORY.createParser(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    }

    /** The value in these bytes as a tree; a missing node if there are none. */
    public static JsonNode tree(byte[] bytes) throws IOException {
        return Trees.MAPPER.readTree(bytes);
    }

    /** The value of this text as a tree; a missing node if it is empty. */
    public static JsonNode tree(String text) throws IOException {
        return Trees.MAPPER.readTree(text);
    }

    /**
     * The value in these bytes as a tree whose numbers keep all their digits; a missing node if there are none.
     *
     * @throws BadJson if a number has an exponent that nothing can hold
     * @throws IOException also if something follows the value
     */
    public static JsonNode exact(byte[] bytes) throws IOException {
        try {
            return Trees.EXACT.readTree(bytes);
        } catch (NumberFormatException large) {
            throw tooLarge(bytes);
        }
    }

    /** Says where the number stands, which whoever has read it does not tell. */
    private static BadJson tooLarge(byte[] bytes) throws IOException {
        try (JsonParser parser = parser(bytes)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT && !holds(parser)) {
                    return new BadJson(
                            "invalid_number",
                            Places.path(parser),
                            Places.at(parser) + ": its exponent is larger than any number can have");
                }
            }
        }
        return new BadJson("invalid_number", "A number has an exponent that is larger than any number can have");
    }

    private static boolean holds(JsonParser parser) throws IOException {
        try {
            parser.getDecimalValue();
            return true;
        } catch (NumberFormatException large) {
            return false;
        }
    }

    /** The same of a text. */
    public static JsonNode exact(String text) throws IOException {
        try {
            return Trees.EXACT.readTree(text);
        } catch (NumberFormatException large) {
            throw new IOException("a number is too large", large);
        }
    }

    /** The value that the parser stands at as a tree; leaves the parser at the value's last token. */
    public static JsonNode tree(JsonParser parser) throws IOException {
        TreeNode tree = Trees.MAPPER.readTree(parser);
        return tree instanceof JsonNode node ? node : MissingNode.getInstance();
    }

    /** The tree as JSON in UTF-8, without spaces. */
    public static byte[] bytes(JsonNode node) throws IOException {
        return Trees.MAPPER.writeValueAsBytes(node);
    }

    /** The tree as JSON text without spaces. */
    public static String write(JsonNode node) throws IOException {
        return Trees.MAPPER.writeValueAsString(node);
    }
}
