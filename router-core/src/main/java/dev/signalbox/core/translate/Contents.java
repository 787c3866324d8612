package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.signalbox.api.Dialect;
import java.util.ArrayList;
import java.util.List;

/** The content of messages, which most dialects say as a string or as parts. */
final class Contents {

    private Contents() {}

    /** Reads one part of a dialect. */
    @FunctionalInterface
    interface PartReader {
        /** The part at a place, which is an object. */
        Part read(Spot part) throws Malformed;
    }

    /** A string, or parts, of which each may be a string again. */
    static List<Part> read(Spot content, Dialect dialect, PartReader reader) throws Malformed {
        if (content.node().isTextual()) {
            return List.of(text(content, dialect));
        }
        if (content.there() && !content.node().isArray()) {
            throw content.wrong("a string or an array");
        }
        List<Part> parts = new ArrayList<>();
        for (Spot part : content.each()) {
            parts.add(part.node().isTextual() ? text(part, dialect) : reader.read(part.anObject()));
        }
        return parts;
    }

    private static Part text(Spot spot, Dialect dialect) throws Malformed {
        return new Part.Text(spot.text(), Origin.at(dialect, spot.pointer()));
    }

    /** Whether content is one part of that type that says a text and nothing else: it could as well be a string. */
    static boolean isText(ArrayNode content, String type) {
        return content.size() == 1
                && content.get(0).size() == 2
                && content.get(0).path("type").asText("").equals(type)
                && content.get(0).path("text").isTextual();
    }
}
