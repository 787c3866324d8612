package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.frame.Frame;
import java.util.ArrayList;
import java.util.List;

/** What a client makes of a stream, as the official ones put it together. */
final class Together {

    private Together() {}

    /** What a client makes of a stream: the whole answer, as the official ones put it together. */
    static JsonNode of(List<Frame> frames, Dialect dialect) {
        if (dialect.equals(Dialect.OLLAMA_CHAT)) {
            return ollama(frames);
        }
        if (dialect.equals(Dialect.OLLAMA_GENERATE)) {
            return generated(frames);
        }
        if (dialect.equals(Dialect.OPENAI_RESPONSES)) {
            return comparable(Frames.json(frames.getLast()).path("response"), dialect);
        }
        return dialect.equals(Dialect.OPENAI_CHAT) ? openAi(frames) : anthropic(frames);
    }

    private static JsonNode ollama(List<Frame> frames) {
        ObjectNode whole = (ObjectNode) Frames.json(frames.getLast());
        ObjectNode message = object().put("role", "assistant").put("content", "");
        for (Frame frame : frames) {
            JsonNode said = Frames.json(frame).path("message");
            for (String name : List.of("content", "thinking")) {
                if (said.path(name).isTextual()) {
                    message.put(
                            name,
                            message.path(name).asText("") + said.path(name).asText());
                }
            }
            said.path("tool_calls").forEach(message.withArrayProperty("tool_calls")::add);
            Frames.json(frame).path("logprobs").forEach(whole.withArrayProperty("logprobs")::add);
        }
        if (whole.path("logprobs").isEmpty()) {
            whole.remove("logprobs");
        }
        if (message.path("tool_calls").isEmpty()) {
            message.remove("tool_calls");
        }
        return whole.set("message", message);
    }

    private static JsonNode generated(List<Frame> frames) {
        ObjectNode whole = (ObjectNode) Frames.json(frames.getLast());
        for (String name : List.of("response", "thinking")) {
            StringBuilder words = new StringBuilder();
            frames.forEach(frame -> words.append(Frames.json(frame).path(name).asText("")));
            whole.put(name, words.toString());
        }
        return whole;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static JsonNode openAi(List<Frame> frames) {
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        for (Frame frame : frames) {
            JsonNode chunk = Frames.json(frame);
            for (JsonNode choice : chunk.path("choices")) {
                join(choice.path("delta"), message);
                choice.path("logprobs").path("content").forEach(whole.withArrayProperty("logprobs")::add);
                if (choice.path("finish_reason").isTextual()) {
                    whole.set("finish_reason", choice.path("finish_reason"));
                }
            }
            if (chunk.path("usage").isObject()) {
                whole.set("usage", chunk.path("usage"));
            }
        }
        return whole.set("message", withoutNothing(message));
    }

    /** No text and an empty one are the same. */
    private static ObjectNode withoutNothing(ObjectNode message) {
        return message.path("content").asText("").isEmpty() ? message.without("content") : message;
    }

    private static void join(JsonNode delta, ObjectNode message) {
        for (String name : List.of("content", "reasoning_content", "refusal")) {
            if (delta.path(name).isTextual()) {
                message.put(
                        name, message.path(name).asText("") + delta.path(name).asText());
            }
        }
        for (JsonNode call : delta.path("tool_calls")) {
            ArrayNode calls = message.withArrayProperty("tool_calls");
            if (call.has("id")) {
                calls.addObject()
                        .put("id", call.path("id").asText())
                        .put("name", call.at("/function/name").asText())
                        .put("arguments", "");
            }
            ObjectNode known = (ObjectNode) calls.get(call.path("index").asInt());
            known.put(
                    "arguments",
                    known.path("arguments").asText()
                            + call.at("/function/arguments").asText());
        }
    }

    private static JsonNode anthropic(List<Frame> frames) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        ArrayNode content = whole.putArray("content");
        List<StringBuilder> inputs = new ArrayList<>();
        for (Frame frame : frames) {
            JsonNode event = Frames.json(frame);
            switch (event.path("type").asText()) {
                case "content_block_start" -> {
                    content.add(event.path("content_block"));
                    inputs.add(new StringBuilder());
                }
                case "content_block_delta" -> {
                    int index = event.path("index").asInt();
                    ObjectNode block = (ObjectNode) content.get(index);
                    inputs.get(index).append(event.at("/delta/partial_json").asText(""));
                    for (String name : List.of("text", "thinking", "signature")) {
                        JsonNode more = event.path("delta").path(name);
                        if (more.isTextual()) {
                            block.put(name, block.path(name).asText("") + more.asText());
                        }
                    }
                }
                case "message_delta" -> {
                    whole.set("stop_reason", event.at("/delta/stop_reason"));
                    whole.set("usage", event.path("usage"));
                }
                default -> {} // a border
            }
        }
        for (int i = 0; i < content.size(); i++) {
            if (content.get(i).path("type").asText().equals("tool_use")) {
                ((ObjectNode) content.get(i))
                        .set("input", AnthropicBlocks.input(inputs.get(i).toString()));
            }
        }
        return whole;
    }

    /** The parts of a whole answer that a stream tells, too. */
    static JsonNode comparable(JsonNode whole, Dialect dialect) {
        if (dialect.family().equals("ollama")) {
            return whole;
        }
        ObjectNode same = JsonNodeFactory.instance.objectNode();
        if (dialect.equals(Dialect.OPENAI_RESPONSES)) {
            same.set("output", whole.path("output"));
            same.set("status", whole.path("status"));
            return same.set("usage", whole.path("usage"));
        }
        if (!dialect.equals(Dialect.OPENAI_CHAT)) {
            same.set("content", whole.path("content"));
            same.set("stop_reason", whole.path("stop_reason"));
            return same.set("usage", whole.path("usage"));
        }
        JsonNode choice = whole.path("choices").path(0);
        same.set("finish_reason", choice.path("finish_reason"));
        same.set("usage", whole.path("usage"));
        ObjectNode message = same.putObject("message");
        join(((ObjectNode) choice.path("message").deepCopy()).without("tool_calls"), message);
        for (JsonNode call : choice.path("message").path("tool_calls")) {
            message.withArrayProperty("tool_calls")
                    .addObject()
                    .put("id", call.path("id").asText())
                    .put("name", call.at("/function/name").asText())
                    .put("arguments", call.at("/function/arguments").asText());
        }
        choice.path("logprobs").path("content").forEach(same.withArrayProperty("logprobs")::add);
        withoutNothing(message);
        return same;
    }
}
