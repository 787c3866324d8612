package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Says the parts of a message in the words of one of OpenAI's dialects. Thoughts, calls and results have no place there. */
record PartsWriter(PartWords words, Losses losses) {

    ArrayNode write(List<Part> parts) {
        ArrayNode into = JsonNodeFactory.instance.arrayNode();
        for (Part part : parts) {
            switch (part) {
                case Part.Text text -> say(words.text(text.text()), text.origin(), into);
                case Part.Refusal refusal -> refuse(refusal, into);
                case Part.Image image -> image(image, into);
                case Part.Document document -> document(document, into);
                case Part.File file -> file(file, into);
                case Part.Foreign foreign -> foreign.again(words.dialect(), into, losses);
                case Part.Thinking thinking -> lose("thinking", thinking);
                case Part.Redacted redacted -> lose("redacted_thinking", redacted);
                case Part.ToolCall call -> lose("tool call", call);
                case Part.ToolResult result -> lose("tool result", result);
            }
        }
        return into;
    }

    private void say(ObjectNode part, Origin origin, ArrayNode into) {
        origin.rest(words.dialect(), part, losses);
        into.add(part);
    }

    private void refuse(Part.Refusal refusal, ArrayNode into) {
        ObjectNode part = into.objectNode().put("type", "refusal").put("refusal", refusal.text());
        say(part, refusal.origin(), into);
    }

    private void image(Part.Image image, ArrayNode into) {
        switch (image.media()) {
            case Media.Inline inline -> image(image, inline.dataUri(), into);
            case Media.Link link -> image(image, link.url(), into);
            case Media.Words ignored -> lose("image", image);
        }
    }

    private void image(Part.Image image, String url, ArrayNode into) {
        ObjectNode part = words.image(url);
        image.origin().rest(words.dialect(), words.imageWords(), part, losses);
        into.add(part);
    }

    private void document(Part.Document document, ArrayNode into) {
        switch (document.media()) {
            case Media.Inline inline -> file(document, inline.dataUri(), into);
            case Media.Link link -> file(document, link.url(), into);
            case Media.Words text -> say(words.text(document.titled(text)), document.origin(), into);
        }
    }

    private void file(Part.Document document, String url, ArrayNode into) {
        Optional<ObjectNode> part = words.file(document, url);
        if (part.isPresent()) {
            say(part.get(), document.origin(), into);
        } else {
            lose("document", document);
        }
    }

    /** Servers of one family may have the same files. */
    private void file(Part.File file, ArrayNode into) {
        if (file.origin().kin(words.dialect())) {
            say(words.file(file), file.origin(), into);
        } else {
            lose("file", file);
        }
    }

    private void lose(String what, Part part) {
        losses.lose(what, part.origin().pointer());
    }
}
