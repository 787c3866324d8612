package dev.signalbox.examples.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Puts a stream of Anthropic's together as its clients do, and insists on the order that they rely on. For one thread. */
final class StreamedMessage {

    private final ObjectNode message;
    private final ArrayNode content;
    private boolean open; // the last block
    private StringBuilder input = new StringBuilder();

    private StreamedMessage(JsonNode start) {
        this.message = (ObjectNode) start.path("message");
        this.content = message.putArray("content");
        assertThat(message.path("id").asText()).isNotEmpty();
        assertThat(message.path("role").asText()).isEqualTo("assistant");
    }

    /** The whole message. */
    static JsonNode of(String stream) {
        List<JsonNode> events = Event.of(stream).stream()
                .peek(event -> assertThat(event.json().path("type").asText()).isEqualTo(event.name()))
                .filter(event -> !event.name().equals("ping"))
                .map(Event::json)
                .toList();
        assertThat(events.getFirst().path("type").asText()).isEqualTo("message_start");
        assertThat(events.getLast().path("type").asText()).isEqualTo("message_stop");
        StreamedMessage whole = new StreamedMessage(events.getFirst());
        events.subList(1, events.size() - 1).forEach(whole::take);
        assertThat(whole.message.path("stop_reason").asText("")).isNotEmpty();
        return whole.message;
    }

    private void take(JsonNode event) {
        switch (event.path("type").asText()) {
            case "content_block_start" -> {
                assertThat(open).as("the block before has ended").isFalse();
                assertThat(event.path("index").asInt(-1)).isEqualTo(content.size());
                content.add(event.path("content_block").deepCopy());
                open = true;
            }
            case "content_block_delta" -> {
                assertBlock(event);
                grow((ObjectNode) content.get(content.size() - 1), event.path("delta"));
            }
            case "content_block_stop" -> {
                assertBlock(event);
                end((ObjectNode) content.get(content.size() - 1));
            }
            case "message_delta" -> {
                assertThat(open).as("the last block has ended").isFalse();
                message.setAll((ObjectNode) event.path("delta"));
                message.withObjectProperty("usage").setAll((ObjectNode) event.path("usage"));
            }
            default -> throw new AssertionError("nobody knows " + event);
        }
    }

    private void assertBlock(JsonNode event) {
        assertThat(open).isTrue();
        assertThat(event.path("index").asInt(-1)).isEqualTo(content.size() - 1);
    }

    private void grow(ObjectNode block, JsonNode delta) {
        switch (delta.path("type").asText()) {
            case "text_delta" -> add(block, "text", delta.path("text"));
            case "thinking_delta" -> add(block, "thinking", delta.path("thinking"));
            case "signature_delta" -> add(block, "signature", delta.path("signature"));
            case "input_json_delta" -> input.append(delta.path("partial_json").asText());
            default -> throw new AssertionError("nobody knows " + delta);
        }
    }

    private static void add(ObjectNode block, String member, JsonNode more) {
        block.put(member, block.path(member).asText() + more.asText());
    }

    private void end(ObjectNode block) {
        open = false;
        if (block.path("type").asText().equals("tool_use")) {
            block.set("input", Event.json(input.isEmpty() ? "{}" : input.toString()));
            input = new StringBuilder();
        }
    }
}
