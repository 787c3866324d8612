package dev.signalbox.backend.llamacpp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/** One choice of an answer, put together from its pieces. For one thread. */
final class JoinedChoice {

    private static final String CONTENT = "content";
    private static final String TOOL_CALLS = "tool_calls";
    private static final int MOST_CALLS = 1_000;

    private final int index;
    private final StringBuilder text = new StringBuilder();
    private final SequencedMap<String, StringBuilder> more = new LinkedHashMap<>(); // such as reasoning_content
    private final Map<Integer, JoinedCall> calls = new TreeMap<>();
    private final StringBuilder probabilities = new StringBuilder();
    private boolean hasProbabilities;
    private Optional<String> finish = Optional.empty();

    JoinedChoice(int index) {
        this.index = index;
    }

    boolean isFinished() {
        return finish.isPresent();
    }

    void add(JsonNode choice) {
        text.append(choice.path("text").asText(""));
        choice.path("delta").properties().forEach(member -> addDelta(member.getKey(), member.getValue()));
        addProbabilities(choice.path("logprobs").path(CONTENT));
        JsonNode reason = choice.path("finish_reason");
        if (reason.isTextual()) {
            finish = Optional.of(reason.asText());
        }
    }

    private void addDelta(String name, JsonNode value) {
        switch (name) {
            case "role" -> {} // it is the assistant who speaks
            case CONTENT -> text.append(value.asText(""));
            case TOOL_CALLS -> value.forEach(this::addCall);
            default -> {
                if (value.isTextual()) {
                    more.computeIfAbsent(name, each -> new StringBuilder()).append(value.asText());
                }
            }
        }
    }

    private void addCall(JsonNode piece) {
        int place = piece.path("index").asInt(Math.max(0, calls.size() - 1));
        if (calls.containsKey(place) || calls.size() < MOST_CALLS) {
            calls.computeIfAbsent(place, each -> new JoinedCall()).add(piece);
        }
    }

    /** Kept as text, which is much smaller than a tree. */
    private void addProbabilities(JsonNode tokens) {
        hasProbabilities |= tokens.isArray();
        for (JsonNode token : tokens) {
            probabilities.append(probabilities.isEmpty() ? "" : ",").append(token);
        }
    }

    /** As llama-server writes a choice of a chat that is not streamed. */
    void writeChat(ObjectNode choice) {
        writeFinish(choice);
        choice.put("index", index);
        ObjectNode message = choice.putObject("message");
        message.put("role", "assistant").put(CONTENT, text.toString());
        more.forEach((name, value) -> message.put(name, value.toString()));
        if (!calls.isEmpty()) {
            ArrayNode list = message.putArray(TOOL_CALLS);
            calls.values().forEach(call -> call.write(list.addObject()));
        }
        if (hasProbabilities) {
            writeProbabilities(choice);
        }
    }

    /** As it writes one of a plain prompt. */
    void writeText(ObjectNode choice) {
        choice.put("text", text.toString()).put("index", index);
        if (hasProbabilities) {
            writeProbabilities(choice);
        } else {
            choice.putNull("logprobs");
        }
        writeFinish(choice);
    }

    private void writeFinish(ObjectNode choice) {
        choice.put("finish_reason", finish.orElse("stop"));
    }

    private void writeProbabilities(ObjectNode choice) {
        choice.putObject("logprobs").putRawValue(CONTENT, new RawValue("[" + probabilities + "]"));
    }
}
