package dev.signalbox.backend.llamacpp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A stream of Anthropic's events joined. Blocks may be told side by side. For one thread. */
final class JoinedMessage implements Joining {

    private static final int MOST_BLOCKS = 1_000;

    private Optional<ObjectNode> message = Optional.empty();
    private final Map<Integer, JoinedBlock> blocks = new TreeMap<>();
    private boolean over;

    @Override
    public void add(JsonNode event) {
        switch (event.path("type").asText()) {
            case "message_start" -> begin(event.path("message"));
            case "content_block_start" -> block(event).ifPresent(block -> block.begin(event.path("content_block")));
            case "content_block_delta" -> block(event).ifPresent(block -> block.add(event.path("delta")));
            case "message_delta" -> message.ifPresent(all -> change(all, event));
            case "message_stop" -> over = true;
            default -> {} // signs of life, and ends of blocks
        }
    }

    private void begin(JsonNode opening) {
        if (opening instanceof ObjectNode object) {
            message = Optional.of(object);
        }
    }

    private Optional<JoinedBlock> block(JsonNode event) {
        int index = event.path("index").asInt(0);
        return blocks.containsKey(index) || blocks.size() < MOST_BLOCKS
                ? Optional.of(blocks.computeIfAbsent(index, each -> new JoinedBlock()))
                : Optional.empty();
    }

    /** The tokens that were told before stay, unless they are told again. */
    private static void change(ObjectNode message, JsonNode event) {
        if (event.path("delta") instanceof ObjectNode delta) {
            message.setAll(delta);
        }
        if (event.path("usage") instanceof ObjectNode usage) {
            message.withObject("/usage").setAll(usage);
        }
    }

    @Override
    public boolean isFinished() {
        return message.filter(all -> all.path("stop_reason").isTextual()).isPresent();
    }

    @Override
    public boolean isOver() {
        return over;
    }

    @Override
    public byte[] whole() {
        ObjectNode all = message.orElseThrow();
        ArrayNode content = all.putArray("content"); // keeps its place
        blocks.values().forEach(block -> content.add(block.whole()));
        return FrameJson.write(all);
    }
}
