package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;

/** {@code openai.responses}: typed events about items, or the whole response. */
record ResponsesReply() implements ReplyShape {

    private static final Watch WATCH =
            Watch.of("response.completed", "response.incomplete", "response.failed", "response.cancelled", "error");

    private static final Set<String> LAST = Set.of("response.completed", "response.incomplete", "response.cancelled");

    /** Items that are announced before they say anything. */
    private static final Set<String> ANNOUNCED = Set.of("", "message", "reasoning");

    @Override
    public String text(JsonNode frame) {
        return switch (type(frame)) {
            case "response.output_text.delta" -> frame.path("delta").asText("");
            case "" -> wholeText(frame);
            default -> "";
        };
    }

    /** The whole response has no type. */
    private static String wholeText(JsonNode whole) {
        StringBuilder text = new StringBuilder();
        for (JsonNode item : whole.path("output")) {
            RequestShape.each(item.path("content"), "text").forEach(text::append);
        }
        return text.toString();
    }

    @Override
    public String reasoning(JsonNode frame) {
        return switch (type(frame)) {
            case "response.reasoning_text.delta", "response.reasoning_summary_text.delta" ->
                frame.path("delta").asText("");
            default -> "";
        };
    }

    @Override
    public boolean produces(JsonNode frame) {
        String type = type(frame);
        if (type.equals("response.output_item.added")) {
            return !ANNOUNCED.contains(type(frame.path("item")));
        }
        return type.endsWith(".delta")
                ? Truth.of(frame.path("delta"))
                : Truth.of(frame.path("partial_image_b64")) || Truth.of(frame.path("text"));
    }

    @Override
    public String finish(JsonNode frame) {
        if (type(frame).isEmpty()) {
            return frame.path("status").asText("");
        }
        return LAST.contains(type(frame))
                ? frame.path("response").path("status").asText("completed")
                : "";
    }

    @Override
    public boolean ends(JsonNode frame) {
        return LAST.contains(type(frame));
    }

    @Override
    public void count(JsonNode frame, Tally tally) {
        JsonNode usage = type(frame).isEmpty()
                ? frame.path("usage")
                : frame.path("response").path("usage");
        tally.input(usage.path("input_tokens"));
        tally.output(usage.path("output_tokens"));
        tally.cacheRead(usage.path("input_tokens_details").path("cached_tokens"));
        tally.cacheWrite(usage.path("input_tokens_details").path("cache_write_tokens"));
    }

    @Override
    public Optional<String> wrongShape(JsonNode whole) {
        return whole.path("output").isArray() ? Optional.empty() : Optional.of("the reply has no output");
    }

    @Override
    public Watch watch() {
        return WATCH;
    }

    private static String type(JsonNode node) {
        return node.path("type").asText("");
    }
}
