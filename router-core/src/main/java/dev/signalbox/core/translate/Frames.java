package dev.signalbox.core.translate;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.signalbox.api.frame.Frame;
import dev.signalbox.core.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What stands in frames. */
final class Frames {

    private Frames() {}

    /** The JSON of a frame; nothing if it is an end mark, or something else that is none. */
    static JsonNode json(Frame frame) {
        byte[] data = frame.data();
        if (data.length == 0 || data[0] == '[') {
            return MissingNode.getInstance(); // [DONE], without the cost of an exception
        }
        try {
            return Json.exact(data);
        } catch (IOException notJson) {
            return MissingNode.getInstance();
        }
    }

    /** JSON as the text of a frame. Half a character, which a server may have cut off, is escaped: it cannot be encoded. */
    static String text(JsonNode node) {
        try {
            return new String(Json.bytes(node), UTF_8);
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
    }
}
