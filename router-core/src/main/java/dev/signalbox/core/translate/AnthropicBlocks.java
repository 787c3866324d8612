package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.core.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/** Writes blocks of content. */
record AnthropicBlocks(Losses losses) {

    private static final Dialect OWN = Dialect.ANTHROPIC_MESSAGES;
    private static final Pattern NO_ID = Pattern.compile("[^a-zA-Z0-9_-]");

    ArrayNode write(List<Part> parts, boolean own) {
        ArrayNode blocks = JsonNodeFactory.instance.arrayNode();
        for (Part part : parts) {
            switch (part) {
                case Part.Text text -> text(text.text(), text.origin(), own, blocks);
                case Part.Refusal refusal -> text(refusal.text(), refusal.origin(), own, blocks);
                case Part.Image image -> image(image, blocks);
                case Part.Document document -> document(document, blocks);
                case Part.File file -> losses.lose("file", file.origin().pointer()); // its own go by other names
                case Part.ToolCall call -> call(call, blocks);
                case Part.ToolResult result -> result(result, own, blocks);
                case Part.Thinking thinking -> thinking(thinking, blocks);
                case Part.Redacted redacted -> redacted(redacted, blocks);
                case Part.Foreign foreign -> foreign.again(OWN, blocks, losses);
            }
        }
        return blocks;
    }

    /** A text in which there is nothing but space is refused. */
    private void text(String text, Origin origin, boolean own, ArrayNode blocks) {
        if (own || !text.isBlank()) {
            origin.rest(OWN, blocks.addObject().put("type", "text").put("text", text), losses);
        }
    }

    private void image(Part.Image image, ArrayNode blocks) {
        ObjectNode block = blocks.addObject().put("type", "image");
        block.set("source", source(image.media()));
        image.origin().rest(OWN, block, losses);
    }

    private void document(Part.Document document, ArrayNode blocks) {
        ObjectNode block = blocks.addObject().put("type", "document");
        block.set("source", source(document.media()));
        document.title().ifPresent(title -> block.put("title", title));
        document.origin().rest(OWN, block, losses);
    }

    private static JsonNode source(Media media) {
        ObjectNode source = JsonNodeFactory.instance.objectNode();
        return switch (media) {
            case Media.Inline inline ->
                source.put("type", "base64")
                        .put("media_type", inline.plainType())
                        .put("data", inline.base64());
            case Media.Link link -> source.put("type", "url").put("url", link.url());
            case Media.Words words ->
                source.put("type", "text").put("media_type", "text/plain").put("data", words.text());
        };
    }

    private void call(Part.ToolCall call, ArrayNode blocks) {
        ObjectNode block = blocks.addObject().put("type", "tool_use");
        block.put("id", id(call.id())).put("name", call.name());
        block.set("input", input(call.arguments()));
        call.origin().rest(OWN, block, losses);
    }

    /** An id has few letters to choose from; both ends of a call choose the same. */
    static String id(String id) {
        return NO_ID.matcher(id).replaceAll("_");
    }

    /** An object, whatever the model wrote. */
    static JsonNode input(String arguments) {
        ObjectNode wrapped = JsonNodeFactory.instance.objectNode();
        if (arguments.isBlank()) {
            return wrapped;
        }
        try {
            JsonNode read = Json.exact(arguments);
            return read.isObject() ? read : wrapped.put("arguments", arguments);
        } catch (IOException notJson) {
            return wrapped.put("arguments", arguments);
        }
    }

    private void result(Part.ToolResult result, boolean own, ArrayNode blocks) {
        ObjectNode block = blocks.addObject().put("type", "tool_result").put("tool_use_id", id(result.id()));
        ArrayNode content = write(result.parts(), own);
        if ((result.plain() || !own) && Contents.isText(content, "text")) {
            block.set("content", content.get(0).path("text"));
        } else if (!content.isEmpty() || !result.plain()) {
            block.set("content", content);
        }
        result.error().ifPresent(failed -> block.put("is_error", failed));
        result.origin().rest(OWN, block, losses);
    }

    /** A thought that its maker has not signed is refused. */
    private void thinking(Part.Thinking thinking, ArrayNode blocks) {
        boolean unsigned = thinking.origin().in(OWN) && thinking.signature().isEmpty();
        if (!unsigned && !thinking.signature().isBy(OWN)) {
            losses.lose("reasoning", thinking.origin().pointer());
            return;
        }
        ObjectNode block = blocks.addObject().put("type", "thinking").put("thinking", thinking.text());
        block.put("signature", thinking.signature().data());
        thinking.origin().rest(OWN, block, losses);
    }

    private void redacted(Part.Redacted redacted, ArrayNode blocks) {
        if (redacted.data().isBy(OWN)) {
            ObjectNode block = blocks.addObject().put("type", "redacted_thinking");
            redacted.origin().rest(OWN, block.put("data", redacted.data().data()), losses);
        } else {
            losses.lose("reasoning", redacted.origin().pointer());
        }
    }
}
