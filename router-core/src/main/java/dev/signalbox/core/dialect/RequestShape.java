package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Capability;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.core.json.JsonIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** What is special about the requests of one dialect. Stateless. The defaults are those of a dialect nobody knows. */
interface RequestShape {

    /** Longer ones are no counts of anything. */
    int MOST_DIGITS = 15;

    /** The shape of that dialect's requests. */
    static RequestShape of(Dialect dialect) {
        return switch (dialect.id()) {
            case "openai.chat" -> new ChatShape();
            case "openai.completions" -> new CompletionsShape();
            case "openai.embeddings", "ollama.embed", "ollama.embeddings" -> new EmbeddingsShape();
            case "openai.responses" -> new ResponsesShape();
            case "openai.rerank" -> new RerankShape();
            case "openai.score" -> new ScoreShape();
            case "anthropic.messages" -> new MessagesShape(false);
            case "anthropic.count-tokens" -> new MessagesShape(true);
            case "ollama.chat" -> new OllamaChatShape();
            case "ollama.generate" -> new OllamaGenerateShape();
            case "task" -> new TaskShape();
            default -> new UnknownShape();
        };
    }

    /** How many bytes a body may have: what is translated is held in memory. */
    default long most() {
        return Long.MAX_VALUE;
    }

    /** Whether the answer comes as frames if the request does not say. */
    default boolean streamsByDefault() {
        return false;
    }

    /** The top-level members that hold what is said. */
    default Set<String> spoken() {
        return Set.of();
    }

    /**
     * Writes down what is said.
     *
     * @param members the {@linkplain #spoken spoken} members, without the data of images
     */
    default void read(ObjectNode members, Transcript transcript) {}

    /** The names of the tools on offer. */
    default List<String> tools(Facts facts) {
        return List.of();
    }

    /** What the request surely needs. */
    default Set<Capability> needs(Facts facts) {
        return Set.of();
    }

    /** The most tokens the client wants. */
    default OptionalLong maxTokens(Facts facts) {
        return OptionalLong.empty();
    }

    /** How many answers are made for the client. */
    default long answers(Facts facts) {
        return 1;
    }

    /** The type of a part of the system prompt that is text. */
    default String partType() {
        return "text";
    }

    /** Makes a system prompt where there is none; nothing where the dialect has no such thing. */
    default List<Edit> beginInstruction(Facts facts, String text) {
        return List.of();
    }

    /** Takes out what asks for a capability. */
    default List<Edit> drop(Facts facts, Capability capability) {
        return List.of();
    }

    /** Whether the answer will say how many tokens it took. */
    default boolean asksUsage(Facts facts) {
        return true;
    }

    /** Throws if a member that the router reads has no meaning; what only backends read is theirs to judge. */
    default void check(Facts facts) throws BadRequest {}

    /** Makes the answer say how many tokens it took. */
    default List<Edit> usageEdits(Facts facts) {
        return List.of();
    }

    /** A number that says how many tokens, if it is one and not negative. */
    static OptionalLong count(JsonIndex index, String name) {
        return count(index.text(name));
    }

    /** The value of a text that is a whole number from 0 on. */
    static OptionalLong count(String text) {
        return isCount(text) ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    private static boolean isCount(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MOST_DIGITS;
    }

    /** The texts at a path inside each element of an array. */
    static List<String> each(JsonNode array, String... path) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array) {
            JsonNode node = element;
            for (String name : path) {
                node = node.path(name);
            }
            if (node.isTextual()) {
                texts.add(node.textValue());
            }
        }
        return texts;
    }
}
