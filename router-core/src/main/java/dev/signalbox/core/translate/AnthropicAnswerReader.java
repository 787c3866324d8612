package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.frame.Frame;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads one reply of {@code anthropic.messages}. Some servers begin a block before they have ended the one before it, or
 * sign a thought once they are past it.
 */
final class AnthropicAnswerReader implements AnswerReader {

    private static final Dialect OWN = Dialect.ANTHROPIC_MESSAGES;
    private static final int NONE = -1;

    private final Map<Integer, Integer> calls = new HashMap<>(); // of a block, by its index
    private final Set<Integer> thoughts = new HashSet<>(); // blocks of which something was told
    private final Set<Integer> argued = new HashSet<>(); // calls that have arguments
    private final Set<Integer> closed = new HashSet<>(); // calls that have ended
    private final AnthropicUsage usage = new AnthropicUsage();
    private int begun; // calls, up to now
    private int current = NONE; // the block of text or thought that was told last

    @Override
    public void frame(Frame frame, Consumer<? super AnswerEvent> told) {
        if (frame.kind() == Frame.Kind.COMMENT) {
            told.accept(new AnswerEvent.Ping());
        } else if (frame.kind() == Frame.Kind.DATA) {
            event(Frames.json(frame), told);
        }
    }

    @Override
    public Optional<String> failure() {
        return Crowd.failure(begun + thoughts.size());
    }

    private void event(JsonNode event, Consumer<? super AnswerEvent> told) {
        int index = event.path("index").asInt(0);
        switch (event.path("type").asText("")) {
            case "message_start" -> started(event.path("message"), told);
            case "content_block_start" -> begin(index, event.path("content_block"), told);
            case "content_block_delta" -> delta(index, event.path("delta"), told);
            case "content_block_stop" -> stop(index, told);
            case "message_delta" -> finish(event.path("delta"), event.path("usage"), told);
            case "ping" -> told.accept(new AnswerEvent.Ping());
            default -> {} // message_stop, and what is not invented yet
        }
    }

    @Override
    public void whole(JsonNode reply, Consumer<? super AnswerEvent> told) throws IOException {
        JsonNode content = reply.path("content");
        if (!content.isArray() && !content.isNull()) { // where nothing was said some say so
            throw new IOException("content is missing or no array");
        }
        started(reply, told);
        for (int index = 0; index < content.size(); index++) {
            begin(index, content.get(index), told);
            stop(index, told);
        }
        finish(reply, reply.path("usage"), told);
    }

    private void started(JsonNode message, Consumer<? super AnswerEvent> told) {
        told.accept(new AnswerEvent.Started(
                message.path("id").asText(""), message.path("model").asText("")));
        count(message.path("usage"), told);
    }

    private void count(JsonNode counted, Consumer<? super AnswerEvent> told) {
        if (counted.isObject()) {
            told.accept(new AnswerEvent.Counted(usage.with(counted)));
        }
    }

    private void begin(int index, JsonNode block, Consumer<? super AnswerEvent> told) {
        leave(index, told);
        switch (block.path("type").asText("")) {
            case "text" -> {
                text(index, block.path("text"), told);
                if (block.path("citations").isArray()
                        && !block.path("citations").isEmpty()) {
                    told.accept(new AnswerEvent.Lost("citations"));
                }
            }
            case "thinking" -> {
                thoughts.remove(index);
                thought(index, block.path("thinking"), told);
                sign(index, block.path("signature"), told);
            }
            case "redacted_thinking" ->
                told.accept(new AnswerEvent.Redacted(
                        new Seal(OWN, block.path("data").asText(""))));
            case "tool_use" -> call(index, block, told);
            default -> told.accept(new AnswerEvent.Lost(block.path("type").asText("a block")));
        }
    }

    /** Some servers give all blocks the same number: the call that had it is over. */
    private void leave(int index, Consumer<? super AnswerEvent> told) {
        if (calls.containsKey(index)) {
            close(calls.getOrDefault(index, NONE), told);
            calls.remove(index);
        }
    }

    private void delta(int index, JsonNode delta, Consumer<? super AnswerEvent> told) {
        switch (delta.path("type").asText("")) {
            case "text_delta" -> text(index, delta.path("text"), told);
            case "thinking_delta" -> thought(index, delta.path("thinking"), told);
            case "signature_delta" -> sign(index, delta.path("signature"), told);
            case "input_json_delta" ->
                arguments(index, delta.path("partial_json").asText(""), told);
            case "citations_delta" -> told.accept(new AnswerEvent.Lost("citations"));
            default -> {} // not invented yet
        }
    }

    private void text(int index, JsonNode text, Consumer<? super AnswerEvent> told) {
        move(index, told);
        if (text.isTextual() && !text.textValue().isEmpty()) {
            told.accept(new AnswerEvent.Text(text.textValue()));
        }
    }

    private void thought(int index, JsonNode thought, Consumer<? super AnswerEvent> told) {
        move(index, told);
        if (thought.isTextual() && !thought.textValue().isEmpty()) {
            thoughts.add(index);
            told.accept(new AnswerEvent.Thinking(thought.textValue()));
        }
    }

    private void move(int index, Consumer<? super AnswerEvent> told) {
        if (current != NONE && current != index) {
            told.accept(new AnswerEvent.PartEnded());
        }
        current = index;
    }

    /** A block that has said nothing is a thought of its own all the same: its signature is no other one's. */
    private void sign(int index, JsonNode signature, Consumer<? super AnswerEvent> told) {
        if (signature.isTextual() && !signature.textValue().isEmpty()) {
            if (thoughts.add(index)) {
                move(index, told);
                told.accept(new AnswerEvent.Thinking(""));
            }
            told.accept(new AnswerEvent.Signature(new Seal(OWN, signature.textValue())));
        }
    }

    private void call(int index, JsonNode block, Consumer<? super AnswerEvent> told) {
        int call = begun;
        begun++;
        calls.put(index, call);
        told.accept(new AnswerEvent.CallStarted(
                call, block.path("id").asText(""), block.path("name").asText("")));
        JsonNode input = block.path("input");
        if (input.isObject() && !input.isEmpty()) {
            arguments(index, input.toString(), told);
        }
    }

    private void arguments(int index, String json, Consumer<? super AnswerEvent> told) {
        if (calls.containsKey(index) && !json.isEmpty()) {
            int call = calls.getOrDefault(index, NONE);
            argued.add(call);
            told.accept(new AnswerEvent.CallArguments(call, json));
        }
    }

    private void stop(int index, Consumer<? super AnswerEvent> told) {
        if (calls.containsKey(index)) {
            close(calls.getOrDefault(index, NONE), told);
        } else if (current == index) {
            current = NONE;
            told.accept(new AnswerEvent.PartEnded());
        }
    }

    /** A call without arguments has empty ones. */
    private void close(int call, Consumer<? super AnswerEvent> told) {
        if (closed.add(call)) {
            if (argued.add(call)) {
                told.accept(new AnswerEvent.CallArguments(call, "{}"));
            }
            told.accept(new AnswerEvent.CallEnded(call));
        }
    }

    private void finish(JsonNode end, JsonNode counted, Consumer<? super AnswerEvent> told) {
        count(counted, told);
        String word = end.path("stop_reason").asText("");
        if (end.path("stop_reason").isTextual() && !word.isEmpty()) {
            for (int call = 0; call < begun; call++) {
                close(call, told);
            }
            JsonNode stop = end.path("stop_sequence");
            told.accept(new AnswerEvent.Stopped(AnthropicFinish.read(word, stop.isTextual() ? stop.textValue() : "")));
        }
    }
}
