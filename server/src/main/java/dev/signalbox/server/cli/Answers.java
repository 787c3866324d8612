package dev.signalbox.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/** What the running server answers, as JSON. */
final class Answers {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Answers() {}

    /** The answer, which has that member if it is one of a Signalbox. */
    static JsonNode read(String answer, String member) {
        return parsed(answer)
                .filter(seen -> seen.has(member))
                .orElseThrow(() -> new Trouble(
                        "The answer is not what a Signalbox says: there is no \"%s\" in it. Does --url lead to one?"
                                .formatted(member)));
    }

    /** What an answer in the shape of an error says. */
    static Optional<String> problem(String answer) {
        return parsed(answer)
                .map(json -> json.at("/error/message"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue);
    }

    private static Optional<JsonNode> parsed(String answer) {
        try {
            return Optional.ofNullable(MAPPER.readTree(answer)).filter(JsonNode::isObject);
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }
}
