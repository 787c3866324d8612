package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The content of messages in OpenAI's words: a string, or parts. */
record OpenAiParts() implements PartWords {

    private static final Dialect OWN = Dialect.OPENAI_CHAT;
    private static final String A_FILE = "document.pdf"; // a file has to have a name

    /** What is so anyway: to leave it out loses nothing. */
    private static final Map<String, Set<String>> NO_NEWS = Map.of("image_url.detail", Set.of("\"auto\""));

    static List<Part> read(Spot content) throws Malformed {
        return Contents.read(content, OWN, OpenAiParts::part);
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
        Origin origin = part.origin(OWN, Set.of("type", "image_url"), "image_url", Set.of("url"));
        return new Part.Image(Media.Link.of(url.text()), origin.without(NO_NEWS));
    }

    private static Part file(Spot part) throws Malformed {
        Spot file = part.at("file").anObject();
        Optional<String> data = file.at("file_data").maybeText();
        Optional<String> name = file.at("filename").maybeText();
        if (data.isPresent()) {
            Origin origin = origin(part, Set.of("file_data", "filename"));
            return new Part.Document(Media.Link.of(data.get()), name, origin);
        }
        return file.at("file_id").there()
                ? new Part.File(file.at("file_id").text(), name, origin(part, Set.of("file_id", "filename")))
                : new Part.Foreign("file", part.node(), Origin.at(OWN, part.pointer()));
    }

    private static Origin origin(Spot part, Set<String> ofFile) {
        return part.origin(OWN, Set.of("type", "file"), "file", ofFile);
    }

    @Override
    public Dialect dialect() {
        return OWN;
    }

    @Override
    public ObjectNode text(String text) {
        return JsonNodeFactory.instance.objectNode().put("type", "text").put("text", text);
    }

    @Override
    public ObjectNode image(String url) {
        ObjectNode part = JsonNodeFactory.instance.objectNode().put("type", "image_url");
        part.putObject("image_url").put("url", url);
        return part;
    }

    @Override
    public Map<String, String> imageWords() {
        return Map.of("detail", "image_url.detail");
    }

    @Override
    public ObjectNode file(Part.File file) {
        ObjectNode part = JsonNodeFactory.instance.objectNode().put("type", "file");
        ObjectNode held = part.putObject("file").put("file_id", file.id());
        file.name().ifPresent(name -> held.put("filename", name));
        return part;
    }

    /** Nothing is fetched, so an address from elsewhere cannot be said. */
    @Override
    public Optional<ObjectNode> file(Part.Document document, String url) {
        boolean own = document.origin().in(OWN);
        if (!own && document.media() instanceof Media.Link) {
            return Optional.empty();
        }
        ObjectNode part = JsonNodeFactory.instance.objectNode().put("type", "file");
        ObjectNode file = part.putObject("file");
        if (document.title().isPresent() || !own) {
            file.put("filename", document.title().orElse(A_FILE));
        }
        file.put("file_data", url);
        return Optional.of(part);
    }
}
