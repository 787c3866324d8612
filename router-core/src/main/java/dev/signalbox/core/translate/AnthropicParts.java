package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Dialect;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the content of messages in Anthropic's words: a string, or blocks. */
final class AnthropicParts {

    private static final Dialect OWN = Dialect.ANTHROPIC_MESSAGES;

    private AnthropicParts() {}

    static List<Part> read(Spot content) throws Malformed {
        return Contents.read(content, OWN, AnthropicParts::block);
    }

    private static Part block(Spot block) throws Malformed {
        String type = block.at("type").text();
        return switch (type) {
            case "text" -> new Part.Text(block.at("text").text(), block.origin(OWN, Set.of("type", "text")));
            case "image" -> image(block);
            case "document" -> document(block);
            case "tool_use" -> call(block);
            case "tool_result" -> result(block);
            case "thinking" ->
                new Part.Thinking(
                        block.at("thinking").text(),
                        Seal.in(OWN, block.at("signature").textOrEmpty()),
                        block.origin(OWN, Set.of("type", "thinking", "signature")));
            case "redacted_thinking" ->
                new Part.Redacted(Seal.in(OWN, block.at("data").text()), block.origin(OWN, Set.of("type", "data")));
            default -> foreign(type, block);
        };
    }

    private static Part foreign(String kind, Spot block) {
        return new Part.Foreign(kind, block.node(), Origin.at(OWN, block.pointer()));
    }

    private static Part image(Spot block) throws Malformed {
        Optional<Media> media = media(block.at("source"));
        return media.isPresent()
                ? new Part.Image(media.get(), block.origin(OWN, Set.of("type", "source")))
                : foreign("image", block);
    }

    private static Part document(Spot block) throws Malformed {
        Optional<Media> media = media(block.at("source"));
        return media.isPresent()
                ? new Part.Document(
                        media.get(),
                        block.at("title").maybeText(),
                        block.origin(OWN, Set.of("type", "source", "title")))
                : foreign("document", block);
    }

    /** What can be said elsewhere, too; a file that was left with a server cannot. */
    private static Optional<Media> media(Spot source) throws Malformed {
        return switch (source.anObject().at("type").text()) {
            case "base64" ->
                Optional.of(new Media.Inline(
                        source.at("media_type").text(), source.at("data").text()));
            case "url" -> Optional.of(new Media.Link(source.at("url").text()));
            case "text" -> Optional.of(new Media.Words(source.at("data").text()));
            default -> Optional.empty();
        };
    }

    private static Part call(Spot block) throws Malformed {
        String input = block.at("input").object().map(JsonNode::toString).orElse("{}");
        return new Part.ToolCall(
                block.at("id").text(),
                block.at("name").text(),
                input,
                block.origin(OWN, Set.of("type", "id", "name", "input")));
    }

    private static Part result(Spot block) throws Malformed {
        Spot content = block.at("content");
        return new Part.ToolResult(
                block.at("tool_use_id").text(),
                "",
                read(content),
                !content.node().isArray(),
                block.at("is_error").flag(),
                block.origin(OWN, Set.of("type", "tool_use_id", "content", "is_error")));
    }
}
