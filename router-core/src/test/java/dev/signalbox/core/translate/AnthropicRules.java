package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.frame.Frame;
import java.util.Map;

/** A strict client of {@code anthropic.messages}. */
final class AnthropicRules extends Rules {

    /** What a block may be told in, and the member in which that is. */
    private static final Map<String, Map<String, String>> DELTAS = Map.of(
            "text", Map.of("text_delta", "text"),
            "thinking", Map.of("thinking_delta", "thinking", "signature_delta", "signature"),
            "redacted_thinking", Map.of(),
            "tool_use", Map.of("input_json_delta", "partial_json"));

    private int blocks;
    private String open = ""; // the type of the block that is told
    private boolean begun;
    private boolean signed; // the thought that is told
    private boolean finished;
    private boolean ended;

    @Override
    void take(Frame frame) {
        JsonNode event = event(frame);
        rule(!ended, "something comes after message_stop", event);
        if (type(event).equals("ping")) {
            return;
        }
        rule(begun != type(event).equals("message_start"), "message_start does not come once, at the beginning", event);
        begun = true;
        rule(!finished || type(event).equals("message_stop"), "something comes after message_delta", event);
        switch (type(event)) {
            case "message_start" -> start(event.path("message"));
            case "content_block_start" -> begin(event, event.path("content_block"));
            case "content_block_delta" -> delta(event, event.path("delta"));
            case "content_block_stop" -> {
                rule(!open.isEmpty() && index(event) == blocks - 1, "the block is not open", event);
                open = "";
            }
            case "message_delta" -> finish(event);
            case "message_stop" -> {
                rule(finished, "there is no message_delta", event);
                ended = true;
            }
            default -> rule(false, "there is no such event", event);
        }
    }

    private void start(JsonNode message) {
        rule(type(message).equals("message"), "there is no message", message);
        rule(!message.path("id").asText("").isEmpty(), "it has no id", message);
        rule(message.path("role").asText().equals("assistant"), "it is somebody else's", message);
        rule(message.path("content").isArray() && message.path("content").isEmpty(), "it has begun before", message);
        rule(message.path("stop_reason").isNull(), "it has finished before", message);
        counts(message.path("usage"));
    }

    private void counts(JsonNode usage) {
        boolean both = usage.path("input_tokens").isIntegralNumber()
                && usage.path("output_tokens").isIntegralNumber();
        rule(both, "tokens are not counted", usage);
    }

    private void begin(JsonNode event, JsonNode block) {
        rule(open.isEmpty(), "the block before is open", event);
        rule(index(event) == blocks, "a block is left out", event);
        rule(DELTAS.containsKey(type(block)), "there is no such block", event);
        open = type(block);
        signed = false;
        blocks++;
        if (open.equals("tool_use")) {
            rule(block.path("id").asText().matches("[a-zA-Z0-9_-]+"), "a call has no id that is taken", event);
            rule(block.path("input").isObject() && block.path("input").isEmpty(), "a call has begun before", event);
            rule(block.path("name").isTextual(), "a call has no name", event);
        }
    }

    private void delta(JsonNode event, JsonNode delta) {
        rule(!open.isEmpty() && index(event) == blocks - 1, "the block is not open", event);
        String member = DELTAS.getOrDefault(open, Map.of()).getOrDefault(type(delta), "");
        rule(!member.isEmpty(), "it belongs to no " + open, event);
        rule(delta.path(member).isTextual(), "there is nothing in it", event);
        boolean signature = type(delta).equals("signature_delta");
        rule(!signed || signature, "the thought was signed before", event);
        signed = signature;
    }

    private void finish(JsonNode event) {
        rule(open.isEmpty(), "a block is open", event);
        rule(!event.path("delta").path("stop_reason").asText("").isEmpty(), "there is no stop_reason", event);
        rule(event.path("delta").has("stop_sequence"), "there is no stop_sequence", event);
        counts(event.path("usage"));
        finished = true;
    }

    private static int index(JsonNode event) {
        return event.path("index").asInt(-1);
    }

    @Override
    void end() {
        rule(ended, "there is no message_stop", "the end");
    }
}
