package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Dialect;
import java.util.Optional;

/** What is special about the replies of one dialect. Stateless; a frame is the JSON of one event or line. */
interface ReplyShape {

    /** The shape of that dialect's replies. */
    static ReplyShape of(Dialect dialect) {
        return switch (dialect.id()) {
            case "openai.chat", "openai.completions" -> new ChoicesReply();
            case "openai.responses" -> new ResponsesReply();
            case "openai.embeddings", "ollama.embed", "ollama.embeddings" -> new EmbeddingsReply();
            case "openai.rerank", "openai.score" -> new RerankReply();
            case "anthropic.messages" -> new MessagesReply();
            case "anthropic.count-tokens" -> new CountReply();
            case "ollama.chat", "ollama.generate" -> new OllamaReply();
            case "task" -> new TaskReply();
            default -> new UnknownReply();
        };
    }

    /** What a frame, or a whole answer, adds to the text. */
    String text(JsonNode frame);

    /** What it adds to the reasoning. */
    default String reasoning(JsonNode frame) {
        return "";
    }

    /** Whether it shows in another way that the model produces: tool calls, refusals, audio, images. */
    default boolean produces(JsonNode frame) {
        return false;
    }

    /** Why the model finished, in the runtime's words; empty if the frame does not say so. */
    default String finish(JsonNode frame) {
        return "";
    }

    /** Whether it shows that the model has finished. */
    default boolean finishes(JsonNode frame) {
        return !finish(frame).isEmpty();
    }

    /** Whether the dialect sends nothing after it. */
    default boolean ends(JsonNode frame) {
        return false;
    }

    /** Whether it carries token counts and nothing else. */
    default boolean usageOnly(JsonNode frame) {
        return false;
    }

    /** Takes the token counts. */
    void count(JsonNode frame, Tally tally);

    /** Why a whole reply is no answer of this dialect. */
    default Optional<String> wrongShape(JsonNode whole) {
        return Optional.empty();
    }

    /** Whether every frame is JSON, so that anything else is somebody's cry for help. */
    default boolean speaksJson() {
        return true;
    }

    /** The words that make a frame worth reading after the commit. */
    Watch watch();
}
