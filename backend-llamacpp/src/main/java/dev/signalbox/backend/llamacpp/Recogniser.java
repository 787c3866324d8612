package dev.signalbox.backend.llamacpp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.spi.Discovery.Answer;

/** Tells a llama-server from whatever else listens at the ports everybody uses. */
final class Recogniser {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Recogniser() {}

    /** Whether {@code GET /props} was answered by one, be it one that is still loading. */
    static boolean recognises(Answer answer) {
        return switch (answer.status()) {
            case 200 -> Facts.looksRight(read(answer.body()));
            case 503 -> isLoading(read(answer.body()).path("error"));
            default -> false;
        };
    }

    private static boolean isLoading(JsonNode error) {
        return error.path("message").asText("").equals("Loading model")
                && error.path("type").asText("").equals("unavailable_error");
    }

    private static JsonNode read(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException notJson) {
            return JSON.missingNode();
        }
    }
}
