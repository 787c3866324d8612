package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The content of messages in OpenAI's words: a string, or parts. */
final class OpenAiParts {

    private static final Dialect OWN = Dialect.OPENAI_CHAT;
    private static final String A_FILE = "document.pdf"; // a file has to have a name

    private OpenAiParts() {}

    static List<Part> read(Spot content) throws Malformed {
        if (content.node().isTextual()) {
            return List.of(new Part.Text(content.text(), Origin.at(OWN, content.pointer())));
        }
        if (content.there() && !content.node().isArray()) {
            throw content.wrong("a string or an array");
        }
        List<Part> parts = new ArrayList<>();
        for (Spot part : content.each()) {
            parts.add(part.node().isTextual() ? read(part).getFirst() : part(part.anObject()));
        }
        return parts;
    }

    private static Part part(Spot part) throws Malformed {
        String type = part.at("type").text();
        return switch (type) {
            case "text" -> new Part.Text(part.at("text").text(), part.origin(OWN, Set.of("type", "text")));
            case "refusal" -> new Part.Refusal(part.at("refusal").text(), part.origin(OWN, Set.of("type", "refusal")));
            case "image_url" -> image(part);
            case "file" -> file(part);
            default -> new Part.Foreign(type, part.node(), Origin.at(OWN, part.pointer()));
        };
    }

    private static Part image(Spot part) throws Malformed {
        Spot held = part.at("image_url");
        Spot url = held.node().isTextual() ? held : held.anObject().at("url");
        return new Part.Image(
                Media.Link.of(url.text()), part.origin(OWN, Set.of("type", "image_url"), "image_url", Set.of("url")));
    }

    private static Part file(Spot part) throws Malformed {
        Spot file = part.at("file").anObject();
        Optional<String> data = file.at("file_data").maybeText();
        if (data.isEmpty()) {
            return new Part.Foreign("file", part.node(), Origin.at(OWN, part.pointer())); // only its keeper knows it
        }
        return new Part.Document(
                Media.Link.of(data.get()),
                file.at("filename").maybeText(),
                part.origin(OWN, Set.of("type", "file"), "file", Set.of("file_data", "filename")));
    }

    /** Says parts; thoughts, calls and results have no place among them. */
    static ArrayNode write(List<Part> parts, ArrayNode into, Losses losses) {
        for (Part part : parts) {
            switch (part) {
                case Part.Text text -> text(text.text(), text.origin(), into, losses);
                case Part.Refusal refusal ->
                    refusal.origin()
                            .rest(OWN, into.addObject().put("type", "refusal").put("refusal", refusal.text()), losses);
                case Part.Image image -> image(image, into, losses);
                case Part.Document document -> document(document, into, losses);
                case Part.Foreign foreign -> foreign(foreign, into, losses);
                case Part.Thinking thinking ->
                    losses.lose("thinking", thinking.origin().pointer());
                case Part.Redacted redacted ->
                    losses.lose("redacted_thinking", redacted.origin().pointer());
                case Part.ToolCall call ->
                    losses.lose("tool call", call.origin().pointer());
                case Part.ToolResult result ->
                    losses.lose("tool result", result.origin().pointer());
            }
        }
        return into;
    }

    private static void text(String text, Origin origin, ArrayNode into, Losses losses) {
        origin.rest(OWN, into.addObject().put("type", "text").put("text", text), losses);
    }

    private static void image(Part.Image image, ArrayNode into, Losses losses) {
        switch (image.media()) {
            case Media.Inline inline -> image(inline.dataUri(), image.origin(), into, losses);
            case Media.Link link -> image(link.url(), image.origin(), into, losses);
            case Media.Words ignored -> losses.lose("image", image.origin().pointer());
        }
    }

    private static void image(String url, Origin origin, ArrayNode into, Losses losses) {
        ObjectNode part = into.addObject().put("type", "image_url");
        part.putObject("image_url").put("url", url);
        origin.rest(OWN, part, losses);
    }

    private static void document(Part.Document document, ArrayNode into, Losses losses) {
        Origin origin = document.origin();
        switch (document.media()) {
            case Media.Inline inline -> file(inline.dataUri(), document, into, losses);
            case Media.Link link -> {
                if (origin.in(OWN)) {
                    file(link.url(), document, into, losses);
                } else {
                    losses.lose("document", origin.pointer()); // nothing is fetched
                }
            }
            case Media.Words words ->
                text(document.title().map(title -> title + "\n\n").orElse("") + words.text(), origin, into, losses);
        }
    }

    private static void file(String data, Part.Document document, ArrayNode into, Losses losses) {
        ObjectNode part = into.addObject().put("type", "file");
        ObjectNode file = part.putObject("file");
        if (document.title().isPresent() || !document.origin().in(OWN)) {
            file.put("filename", document.title().orElse(A_FILE));
        }
        file.put("file_data", data);
        document.origin().rest(OWN, part, losses);
    }

    private static void foreign(Part.Foreign foreign, ArrayNode into, Losses losses) {
        if (foreign.origin().in(OWN)) {
            into.add(foreign.whole());
        } else {
            losses.lose(foreign.kind(), foreign.origin().pointer());
        }
    }
}
