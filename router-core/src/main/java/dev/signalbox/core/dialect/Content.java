package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.util.Optional;

/** Reads what a message says: a string, or an array of typed parts as every dialect but Ollama's has them. */
final class Content {

    private Content() {}

    /** Writes down a text or the parts of an array. */
    static void read(JsonNode content, String pointer, Transcript transcript) {
        if (content.isTextual()) {
            transcript.text(content.textValue());
        }
        late(content).ifPresent(transcript::text);
        for (int i = 0; content.isArray() && i < content.size(); i++) {
            part(content.get(i), pointer + "/" + i, transcript);
        }
    }

    /** Writes down a text, texts, documents with a text, or tokens that only need counting. */
    static void plain(JsonNode content, Transcript transcript) {
        if (content.isTextual()) {
            transcript.text(content.textValue());
        } else if (content.isNumber()) {
            transcript.tokens(1);
        } else if (content instanceof POJONode row && row.getPojo() instanceof Outline.Numbers numbers) {
            transcript.tokens(numbers.count());
        } else if (content.isObject()) {
            transcript.text(content.path("text").asText(""));
        } else {
            content.forEach(element -> plain(element, transcript));
        }
    }

    private static void part(JsonNode part, String pointer, Transcript transcript) {
        switch (part.path("type").asText("")) {
            case "text", "input_text", "output_text", "refusal" -> text(part, transcript);
            case "image_url", "input_image", "image" -> transcript.image(pointer);
            case "input_audio", "audio" -> transcript.sound(pointer);
            case "document" -> document(part.path("source"), pointer, transcript);
            case "tool_use" -> transcript.call(part.path("name").asText(""), part.path("input"));
            default -> {
                if (part.isTextual()) {
                    transcript.text(part.textValue());
                }
            }
        }
    }

    private static void text(JsonNode part, Transcript transcript) {
        Optional<LateText> late = late(part.path("text"));
        if (late.isPresent()) {
            transcript.text(late.get());
        } else {
            transcript.text(part.path("text").asText(part.path("refusal").asText("")));
        }
    }

    private static Optional<LateText> late(JsonNode text) {
        return text instanceof POJONode held && held.getPojo() instanceof LateText late
                ? Optional.of(late)
                : Optional.empty();
    }

    /** A document of pages is looked at, a document of text is read. */
    private static void document(JsonNode source, String pointer, Transcript transcript) {
        switch (source.path("type").asText("")) {
            case "text" -> transcript.text(source.path("data").asText(""));
            case "content" -> read(source.path("content"), pointer + "/source/content", transcript);
            default -> transcript.image(pointer);
        }
    }
}
