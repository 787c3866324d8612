package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * A whole answer.
 *
 * @param parts texts, thoughts, refusals and tool calls, in order
 * @param finish why the model finished
 * @param tokens what it took
 * @param logprobs the probabilities of its words: an array, as OpenAI's chats have it
 */
public record Answer(List<Part> parts, Finish finish, Tokens tokens, Optional<JsonNode> logprobs) {

    public Answer {
        parts = List.copyOf(parts);
    }
}
