package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import java.util.Random;

/** Makes up conversations, the same ones for the same seed. */
abstract class Talk {

    /** What is said. */
    enum Range {
        /** Everything that the dialect defines. */
        ALL,
        /** What all but Ollama's dialect define. */
        SHARED,
        /** What Ollama's dialect defines, too. */
        PLAIN
    }

    private static final String[] WORDS = {
        "the", "train", "stands", "at", "\"red\"", "müde", "日本", "🚂", "\\n", "\n", "{", "}", "a/b", "</x>", " ",
        "\u2028"
    };

    private final Random random;
    private final Range range;
    private int calls;

    Talk(long seed, Range range) {
        this.random = new Random(seed);
        this.range = range;
    }

    /** A request of that dialect. */
    static JsonNode request(Dialect dialect, long seed, Range range) {
        return Words.again(of(dialect, seed, range).request());
    }

    private static Talk of(Dialect dialect, long seed, Range range) {
        if (dialect.equals(Dialect.OPENAI_RESPONSES)) {
            return new ResponsesTalk(seed, range);
        }
        if (dialect.equals(Dialect.OLLAMA_CHAT)) {
            return new OllamaTalk(seed, range);
        }
        return dialect.equals(Dialect.OPENAI_CHAT) ? new OpenAiTalk(seed, range) : new AnthropicTalk(seed, range);
    }

    /** The next one. */
    abstract ObjectNode request();

    final Random random() {
        return random;
    }

    final boolean maybe() {
        return random.nextInt(3) == 0;
    }

    /** Sometimes, if what only this dialect defines is wanted. */
    final boolean own() {
        return range == Range.ALL && maybe();
    }

    /** Sometimes, if what Ollama's dialect does not define is wanted. */
    final boolean rich() {
        return range != Range.PLAIN && maybe();
    }

    /** Whether nothing is wanted that another dialect does not define. */
    final boolean shared() {
        return range != Range.ALL;
    }

    /** Whether nothing is wanted that Ollama's dialect does not define. */
    final boolean plain() {
        return range == Range.PLAIN;
    }

    final int nextCall() {
        return calls++;
    }

    final String words() {
        return words(random);
    }

    static String words(Random random) {
        StringBuilder words = new StringBuilder("w");
        for (int i = random.nextInt(8); i > 0; i--) {
            words.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
        }
        return words.toString();
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    final ObjectNode schema() {
        ObjectNode schema = object().put("type", "object");
        schema.putObject("properties").putObject(words()).put("type", "string");
        return schema;
    }

    final void sampling(ObjectNode request) {
        if (maybe()) {
            request.put("temperature", random.nextInt(100) / 100.0);
        }
        if (maybe()) {
            request.put("top_p", random.nextInt(100) / 100.0);
        }
    }
}
