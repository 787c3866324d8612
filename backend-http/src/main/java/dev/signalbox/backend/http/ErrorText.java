package dev.signalbox.backend.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What an error says, out of whichever envelope: nested or flat, an object or a string, a list of FastAPI, JSON inside a
 * string, or no JSON at all.
 *
 * @param message what it says, in one line without surrounding space
 * @param type its type and code together, lower case, for the rules; empty if it has none
 * @param code a stable word the server gives, empty if it gives none or only a number
 * @param status the HTTP status the error names itself, where it does
 */
public record ErrorText(String message, String type, String code, OptionalInt status) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Ollama puts the document of the server behind it into a string; deeper than twice nobody does. */
    private static final int DEEPEST = 3;

    /** Reads an error. */
    public static ErrorText of(String text) {
        return read(text.strip(), 0);
    }

    private static ErrorText read(String text, int depth) {
        JsonNode json = parse(text);
        if (!json.isObject() || depth == DEEPEST) {
            return new ErrorText(plain(text), "", "", OptionalInt.empty());
        }
        JsonNode error = json.path("error");
        if (error.isObject()) {
            return fields(error, depth);
        }
        if (error.isTextual()) {
            ErrorText inner = read(error.asText().strip(), depth + 1);
            String type = json.path("error_type").asText("");
            return type.isEmpty()
                    ? inner
                    : new ErrorText(inner.message, type.toLowerCase(Locale.ROOT), inner.code, inner.status);
        }
        JsonNode detail = json.path("detail");
        return detail.isMissingNode()
                ? fields(json, depth)
                : new ErrorText(detail(detail), "", "", OptionalInt.empty());
    }

    private static ErrorText fields(JsonNode error, int depth) {
        String message = error.path("message").asText("");
        JsonNode code = error.path("code");
        String word = code.isTextual() ? code.asText() : "";
        String type = (error.path("type").asText("") + " " + word).strip().toLowerCase(Locale.ROOT);
        OptionalInt status = isError(code) ? OptionalInt.of(code.asInt()) : OptionalInt.empty();
        ErrorText inner = message.stripLeading().startsWith("{")
                ? read(message.strip(), depth + 1)
                : new ErrorText(plain(message), "", "", OptionalInt.empty());
        return new ErrorText(
                inner.message.isEmpty() ? plain(error.toString()) : inner.message,
                (type + " " + inner.type).strip(),
                word.isEmpty() ? inner.code : word,
                status.isPresent() ? status : inner.status);
    }

    private static boolean isError(JsonNode code) {
        return code.isInt() && code.asInt() >= 400 && code.asInt() < 600;
    }

    private static String detail(JsonNode detail) {
        if (!detail.isArray()) {
            return plain(detail.isTextual() ? detail.asText() : detail.toString());
        }
        return StreamSupport.stream(detail.spliterator(), false)
                .map(each -> place(each.path("loc")) + each.path("msg").asText(""))
                .collect(Collectors.joining("; "));
    }

    private static String place(JsonNode path) {
        String place = StreamSupport.stream(path.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining("."));
        return place.isEmpty() ? "" : place + ": ";
    }

    private static JsonNode parse(String text) {
        if (!text.startsWith("{")) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException notJson) {
            return MissingNode.getInstance();
        }
    }

    /** One line; a page of HTML is of no use to anybody. */
    private static String plain(String text) {
        if (text.regionMatches(true, 0, "<!doctype", 0, 9) || text.regionMatches(true, 0, "<html", 0, 5)) {
            return "an HTML page instead of an answer";
        }
        return text.replaceAll("\\s+", " ").strip();
    }
}
