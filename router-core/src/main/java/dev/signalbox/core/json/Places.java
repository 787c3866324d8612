package dev.signalbox.core.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;

/** Says where a parser stands, as people read it: {@code messages[3].content[0].type (line 1, column 57)}. */
final class Places {

    private static final int LONGEST = 200;

    private Places() {}

    static String at(JsonParser parser) {
        String path = path(parser);
        String line = lineAndColumn(parser);
        return path.isEmpty() ? line : path + " (" + line + ")";
    }

    /** The same without the line; empty where no value stands. */
    static String path(JsonParser parser) {
        return path(parser.getParsingContext());
    }

    static String lineAndColumn(JsonParser parser) {
        JsonLocation location = parser.currentLocation();
        return "line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    }

    private static String path(JsonStreamContext context) {
        StringBuilder path = new StringBuilder();
        append(path, context);
        return path.length() <= LONGEST ? path.toString() : path.substring(0, LONGEST) + "…";
    }

    private static void append(StringBuilder path, JsonStreamContext context) {
        JsonStreamContext parent = context.getParent();
        if (parent != null) {
            append(path, parent);
        }
        if (context.inArray()) {
            path.append('[').append(Math.max(0, context.getCurrentIndex())).append(']');
        } else if (context.inObject() && context.hasCurrentName()) {
            path.append(path.isEmpty() ? "" : ".").append(context.getCurrentName());
        }
    }
}
