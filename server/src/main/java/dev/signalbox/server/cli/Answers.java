package dev.signalbox.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What the running server answers, as JSON. */
final class Answers {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Answers() {}

    static JsonNode read(String answer) {
        try {
            return MAPPER.readTree(answer);
        } catch (JsonProcessingException notJson) {
            throw new Trouble("The answer is no JSON: %s. Does --url lead to a Signalbox?"
                    .formatted(notJson.getOriginalMessage()));
        }
    }
}
