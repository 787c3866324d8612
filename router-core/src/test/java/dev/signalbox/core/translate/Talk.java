package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import java.util.List;
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
    private final Dialect other;
    private int calls;

    Talk(long seed, Range range, Dialect other) {
        this.random = new Random(seed);
        this.range = range;
        this.other = other;
    }

    /** A request of that dialect. */
    static JsonNode request(Dialect dialect, long seed, Range range) {
        return Words.again(of(dialect, seed, range, dialect).request());
    }

    /** A request of that dialect in which there is nothing that the other one does not define. */
    static JsonNode request(Dialect dialect, long seed, Dialect other) {
        boolean plain = List.of(dialect, other).contains(Dialect.OLLAMA_CHAT);
        return Words.again(
                of(dialect, seed, plain ? Range.PLAIN : Range.SHARED, other).request());
    }

    private static Talk of(Dialect dialect, long seed, Range range, Dialect other) {
        if (dialect.equals(Dialect.OPENAI_RESPONSES)) {
            return new ResponsesTalk(seed, range, other);
        }
        if (dialect.equals(Dialect.OLLAMA_CHAT)) {
            return new OllamaTalk(seed, range, other);
        }
        return dialect.equals(Dialect.OPENAI_CHAT)
                ? new OpenAiTalk(seed, range, other)
                : new AnthropicTalk(seed, range, other);
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

    /** Sometimes, if what only some define is wanted, or one of those is the other. */
    final boolean knownTo(Dialect... some) {
        return maybe() && (range == Range.ALL || List.of(some).contains(other));
    }

    /** One of the levels that all know; a model of Anthropic's that thinks chooses its words itself. */
    final String effort(ObjectNode sampling) {
        if (other.equals(Dialect.ANTHROPIC_MESSAGES)) {
            sampling.remove(List.of("temperature", "top_p", "top_k"));
        }
        return List.of("low", "medium", "high").get(random.nextInt(3));
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

    /** What both dialects of OpenAI's say of a request in the same words. */
    final ObjectNode familyWords(ObjectNode request) {
        request.putObject("metadata").put(words(), words());
        request.put("prompt_cache_key", words()).put("prompt_cache_retention", "24h");
        return request.put("service_tier", "flex").put("safety_identifier", words());
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

    /** What a tool is called with, which may be nothing. */
    final ObjectNode input() {
        return maybe() ? object() : object().put(words(), random.nextInt()).put("x", words());
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
