package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The content of messages and results in the words of {@code openai.responses}: a string, or parts. */
final class ResponsesParts {

    private static final Dialect OWN = Dialect.OPENAI_RESPONSES;
    private static final String A_FILE = "document.pdf"; // a file has to have a name

    /** What is so anyway: to leave it out loses nothing. */
    private static final Map<String, String> NO_NEWS =
            Map.of("annotations", "[]", "logprobs", "[]", "detail", "\"auto\"");

    private ResponsesParts() {}

    static List<Part> read(Spot content) throws Malformed {
        if (content.node().isTextual()) {
            return List.of(new Part.Text(content.text(), Origin.at(OWN, content.pointer())));
        }
        if (content.there() && !content.node().isArray()) {
            throw content.wrong("a string or an array");
        }
        List<Part> parts = new ArrayList<>();
        for (Spot part : content.each()) {
            parts.add(part(part.anObject()));
        }
        return parts;
    }

    private static Part part(Spot part) throws Malformed {
        String type = part.at("type").text();
        return switch (type) {
            case "input_text", "output_text", "text" ->
                new Part.Text(part.at("text").text(), origin(part, Set.of("type", "text")));
            case "refusal" -> new Part.Refusal(part.at("refusal").text(), origin(part, Set.of("type", "refusal")));
            case "input_image" -> image(part);
            case "input_file" -> file(part);
            default -> foreign(type, part);
        };
    }

    private static Origin origin(Spot part, Set<String> known) {
        Origin all = part.origin(OWN, known);
        Map<String, JsonNode> rest = new LinkedHashMap<>(all.rest());
        rest.entrySet()
                .removeIf(member -> member.getValue().toString().equals(NO_NEWS.getOrDefault(member.getKey(), "")));
        return new Origin(OWN, all.pointer(), rest);
    }

    private static Part foreign(String type, Spot part) {
        return new Part.Foreign(type, part.node(), Origin.at(OWN, part.pointer()));
    }

    private static Part image(Spot part) throws Malformed {
        Spot url = part.at("image_url");
        return url.there()
                ? new Part.Image(Media.Link.of(url.text()), origin(part, Set.of("type", "image_url")))
                : foreign("input_image", part); // only its keeper knows it
    }

    private static Part file(Spot part) throws Malformed {
        Set<String> known = Set.of("type", "file_data", "file_url", "filename");
        Spot data = part.at("file_data");
        Spot url = part.at("file_url");
        if (!data.there() && !url.there()) {
            return foreign("input_file", part); // only its keeper knows it
        }
        Media media = data.there() ? Media.Link.of(data.text()) : new Media.Link(url.text());
        return new Part.Document(media, part.at("filename").maybeText(), origin(part, known));
    }

    /** Says parts; thoughts, calls and results have no place among them. */
    static ArrayNode write(List<Part> parts, String text, ArrayNode into, Losses losses) {
        for (Part part : parts) {
            switch (part) {
                case Part.Text said -> text(said.text(), text, said.origin(), into, losses);
                case Part.Refusal refusal ->
                    refusal.origin()
                            .rest(OWN, into.addObject().put("type", "refusal").put("refusal", refusal.text()), losses);
                case Part.Image image -> image(image, into, losses);
                case Part.Document document -> document(document, text, into, losses);
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

    private static void text(String words, String type, Origin origin, ArrayNode into, Losses losses) {
        origin.rest(OWN, into.addObject().put("type", type).put("text", words), losses);
    }

    private static void image(Part.Image image, ArrayNode into, Losses losses) {
        switch (image.media()) {
            case Media.Inline inline -> image(inline.dataUri(), image.origin(), into, losses);
            case Media.Link link -> image(link.url(), image.origin(), into, losses);
            case Media.Words ignored -> losses.lose("image", image.origin().pointer());
        }
    }

    private static void image(String url, Origin origin, ArrayNode into, Losses losses) {
        origin.rest(OWN, into.addObject().put("type", "input_image").put("image_url", url), losses);
    }

    private static void document(Part.Document document, String type, ArrayNode into, Losses losses) {
        switch (document.media()) {
            case Media.Inline inline -> file("file_data", inline.dataUri(), document, into, losses);
            case Media.Link link -> {
                boolean address = link.url().regionMatches(true, 0, "http", 0, 4);
                file(address ? "file_url" : "file_data", link.url(), document, into, losses);
            }
            case Media.Words words -> {
                String title = document.title().map(name -> name + "\n\n").orElse("");
                text(title + words.text(), type, document.origin(), into, losses);
            }
        }
    }

    private static void file(String member, String value, Part.Document document, ArrayNode into, Losses losses) {
        ObjectNode part = into.addObject().put("type", "input_file");
        document.title().ifPresent(name -> part.put("filename", name));
        if (member.equals("file_data")
                && document.title().isEmpty()
                && !document.origin().in(OWN)) {
            part.put("filename", A_FILE);
        }
        part.put(member, value);
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
