package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The content of messages and results in the words of {@code openai.responses}: a string, or parts.
 *
 * @param type what texts are called: {@code input_text} if the model heard them, {@code output_text} if it said them
 */
record ResponsesParts(String type) implements PartWords {

    private static final Dialect OWN = Dialect.OPENAI_RESPONSES;
    private static final String A_FILE = "document.pdf"; // a file has to have a name

    /** What is so anyway: to leave it out loses nothing. */
    private static final Map<String, Set<String>> NO_NEWS =
            Map.of("annotations", Set.of("[]"), "logprobs", Set.of("[]"), "detail", Set.of("\"auto\""));

    static List<Part> read(Spot content) throws Malformed {
        return Contents.read(content, OWN, ResponsesParts::part);
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
        return part.origin(OWN, known).without(NO_NEWS);
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
        Optional<String> name = part.at("filename").maybeText();
        if (!data.there() && !url.there()) {
            return part.at("file_id").there()
                    ? new Part.File(
                            part.at("file_id").text(), name, origin(part, Set.of("type", "file_id", "filename")))
                    : foreign("input_file", part);
        }
        Media media = data.there() ? Media.Link.of(data.text()) : new Media.Link(url.text());
        return new Part.Document(media, name, origin(part, known));
    }

    @Override
    public Dialect dialect() {
        return OWN;
    }

    @Override
    public ObjectNode text(String text) {
        return JsonNodeFactory.instance.objectNode().put("type", type).put("text", text);
    }

    @Override
    public ObjectNode image(String url) {
        return JsonNodeFactory.instance.objectNode().put("type", "input_image").put("image_url", url);
    }

    @Override
    public Map<String, String> imageWords() {
        return Map.of("image_url.detail", "detail");
    }

    @Override
    public ObjectNode file(Part.File file) {
        ObjectNode part =
                JsonNodeFactory.instance.objectNode().put("type", "input_file").put("file_id", file.id());
        file.name().ifPresent(name -> part.put("filename", name));
        return part;
    }

    @Override
    public Optional<ObjectNode> file(Part.Document document, String url) {
        boolean address = document.media() instanceof Media.Link && url.regionMatches(true, 0, "http", 0, 4);
        ObjectNode part = JsonNodeFactory.instance.objectNode().put("type", "input_file");
        document.title().ifPresent(name -> part.put("filename", name));
        if (!address && document.title().isEmpty() && !document.origin().in(OWN)) {
            part.put("filename", A_FILE);
        }
        return Optional.of(part.put(address ? "file_url" : "file_data", url));
    }
}
