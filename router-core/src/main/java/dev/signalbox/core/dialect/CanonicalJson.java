package dev.signalbox.core.dialect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.JsonText;
import dev.signalbox.core.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** Writes equal values equally: members sorted by name, no space. */
final class CanonicalJson {

    private CanonicalJson() {}

    /** A text is read as JSON first, for that is how some dialects carry arguments; if it is none it stays a string. */
    static String of(JsonNode value) {
        StringBuilder json = new StringBuilder();
        append(json, value.isTextual() ? unpacked(value) : value);
        return json.toString();
    }

    private static JsonNode unpacked(JsonNode text) {
        try {
            JsonNode inside = Json.tree(text.textValue());
            return inside.isMissingNode() ? text : inside;
        } catch (IOException notJson) {
            return text;
        }
    }

    private static void append(StringBuilder json, JsonNode value) {
        if (value.isObject()) {
            appendObject(json, value);
        } else if (value.isArray()) {
            json.append('[');
            for (int i = 0; i < value.size(); i++) {
                json.append(i == 0 ? "" : ",");
                append(json, value.get(i));
            }
            json.append(']');
        } else {
            json.append(scalar(value));
        }
    }

    private static void appendObject(StringBuilder json, JsonNode value) {
        Map<String, JsonNode> sorted = new TreeMap<>();
        value.properties().forEach(member -> sorted.put(member.getKey(), member.getValue()));
        json.append('{');
        String between = "";
        for (Map.Entry<String, JsonNode> member : sorted.entrySet()) {
            json.append(between).append(JsonText.quote(member.getKey())).append(':');
            append(json, member.getValue());
            between = ",";
        }
        json.append('}');
    }

    private static String scalar(JsonNode value) {
        try {
            return value.isMissingNode() ? "null" : Json.write(value);
        } catch (JsonProcessingException failure) {
            throw new UncheckedIOException(failure);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
