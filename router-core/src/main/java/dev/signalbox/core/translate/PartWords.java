package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import java.util.Map;
import java.util.Optional;

/** How one of OpenAI's dialects calls the parts of a message; what they have in common is said by {@link PartsWriter}. */
interface PartWords {

    /** Which dialect. */
    Dialect dialect();

    /** The part for a text. */
    ObjectNode text(String text);

    /** The part for an image at an address, which may hold the image itself. */
    ObjectNode image(String url);

    /** What else is said of an image in other dialects of OpenAI's, and how that is called in this one. */
    Map<String, String> imageWords();

    /** The part for a file that the server has. */
    ObjectNode file(Part.File file);

    /** The part for a document at an address, which may hold the document itself; empty if there are no words for it. */
    Optional<ObjectNode> file(Part.Document document, String url);
}
