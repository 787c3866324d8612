package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.node.ArrayNode;

/** Content that could as well be a string. */
final class Texts {

    private Texts() {}

    /** Whether content is one part that says a text and nothing else. */
    static boolean only(ArrayNode content) {
        return content.size() == 1
                && content.get(0).size() == 2
                && content.get(0).path("type").asText("").equals("text")
                && content.get(0).path("text").isTextual();
    }
}
