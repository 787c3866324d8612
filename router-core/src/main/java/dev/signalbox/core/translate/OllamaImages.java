package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import java.util.ArrayList;
import java.util.List;

/** Images beside a text: their bytes in base64, and nothing that says of which type they are. */
final class OllamaImages {

    private OllamaImages() {}

    static List<Part> read(Dialect dialect, Spot images) throws Malformed {
        List<Part> all = new ArrayList<>();
        for (Spot image : images.each()) {
            all.add(new Part.Image(media(image.text()), Origin.at(dialect, image.pointer())));
        }
        return all;
    }

    private static Media media(String said) {
        boolean address = said.regionMatches(true, 0, "data:", 0, 5) || said.startsWith("http");
        return address ? Media.Link.of(said) : Media.Inline.image(said);
    }

    /** Says those that have their bytes with them; nothing is fetched. */
    static void write(List<Part> parts, ObjectNode message, Losses losses) {
        ArrayNode images = message.arrayNode();
        for (Part part : parts) {
            if (part instanceof Part.Image image) {
                if (image.media() instanceof Media.Inline inline) {
                    images.add(inline.base64());
                    image.origin().rest(Dialect.OLLAMA_CHAT, message, losses);
                } else {
                    losses.lose("image", image.origin().pointer());
                }
            }
        }
        if (!images.isEmpty()) {
            message.set("images", images);
        }
    }
}
