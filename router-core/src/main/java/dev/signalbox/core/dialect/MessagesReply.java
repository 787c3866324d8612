package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;

/** {@code anthropic.messages}: blocks that are opened, added to and closed, or a whole message. */
record MessagesReply() implements ReplyShape {

    private static final Watch WATCH = Watch.of("stop_reason", "usage", "message_stop", "error");

    /** Blocks that begin empty and fill up; every other kind of block says something by being there. */
    private static final Set<String> FILLED_LATER = Set.of("", "text", "thinking");

    @Override
    public String text(JsonNode frame) {
        return switch (type(frame)) {
            case "content_block_start" ->
                frame.path("content_block").path("text").asText("");
            case "content_block_delta" -> frame.path("delta").path("text").asText("");
            default -> String.join("", RequestShape.each(frame.path("content"), "text"));
        };
    }

    @Override
    public String reasoning(JsonNode frame) {
        return switch (type(frame)) {
            case "content_block_start" ->
                frame.path("content_block").path("thinking").asText("");
            case "content_block_delta" -> frame.path("delta").path("thinking").asText("");
            default -> String.join("", RequestShape.each(frame.path("content"), "thinking"));
        };
    }

    @Override
    public boolean produces(JsonNode frame) {
        if (type(frame).equals("content_block_start")) {
            return !FILLED_LATER.contains(type(frame.path("content_block")));
        }
        return Truth.of(frame.path("delta").path("partial_json")) || Truth.of(frame.path("content"));
    }

    @Override
    public String finish(JsonNode frame) {
        return switch (type(frame)) {
            case "message_delta" -> frame.path("delta").path("stop_reason").asText("");
            default -> frame.path("stop_reason").asText("");
        };
    }

    @Override
    public boolean finishes(JsonNode frame) {
        return ends(frame) || !finish(frame).isEmpty();
    }

    @Override
    public boolean ends(JsonNode frame) {
        return type(frame).equals("message_stop");
    }

    /** The first frame may hold an estimate; of a later one only what it names counts. */
    @Override
    public void count(JsonNode frame, Tally tally) {
        JsonNode usage = frame.path("message").path("usage").isObject()
                ? frame.path("message").path("usage")
                : frame.path("usage");
        tally.inputLeavesOutCache();
        tally.input(usage.path("input_tokens"));
        tally.output(usage.path("output_tokens"));
        tally.cacheRead(usage.path("cache_read_input_tokens"));
        tally.cacheWrite(usage.path("cache_creation_input_tokens"));
    }

    /** Content may be null where nothing was said. */
    @Override
    public Optional<String> wrongShape(JsonNode whole) {
        boolean shaped = whole.has("content")
                && (whole.path("content").isArray() || !finish(whole).isEmpty());
        return shaped ? Optional.empty() : Optional.of("the reply has no content");
    }

    @Override
    public Watch watch() {
        return WATCH;
    }

    private static String type(JsonNode node) {
        return node.path("type").asText("");
    }
}
