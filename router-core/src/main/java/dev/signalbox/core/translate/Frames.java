package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.signalbox.api.frame.Frame;
import dev.signalbox.core.json.Json;
import java.io.IOException;

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
}
