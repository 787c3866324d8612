package dev.signalbox.backend.llamacpp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.Failure;
import java.io.IOException;

/** The JSON of frames and of what is joined from them: numbers stay as they were written. */
final class FrameJson {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private FrameJson() {}

    /** The JSON of a frame. */
    static JsonNode read(byte[] data) throws BackendException {
        try {
            return JSON.readTree(data);
        } catch (IOException notJson) {
            throw new BackendException(
                    Failure.of(FailureKind.BROKEN_REPLY, "a frame of the stream is no JSON"), notJson);
        }
    }

    /** That object, or an empty one if it is none: a call whose arguments were cut is told so. */
    static ObjectNode objectOrEmpty(String json) {
        try {
            return JSON.readTree(json) instanceof ObjectNode object ? object : object();
        } catch (JsonProcessingException cut) {
            return object();
        }
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static byte[] write(ObjectNode document) {
        try {
            return JSON.writeValueAsString(document)
                    .getBytes(UTF_8); // as bytes at once it would not write emoji plainly
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
