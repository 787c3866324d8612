package dev.signalbox.backend.llamacpp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A stream of choices joined, those of a chat or of a plain prompt. For one thread. */
final class JoinedAnswer implements Joining {

    private static final int MOST_CHOICES = 1_000;

    private final boolean chat;
    private final Map<Integer, JoinedChoice> choices = new TreeMap<>();
    private final Map<String, JsonNode> members = new HashMap<>(); // those around the choices
    private int lastFinished;

    JoinedAnswer(boolean chat) {
        this.chat = chat;
    }

    @Override
    public void add(JsonNode chunk) {
        for (JsonNode choice : chunk.path("choices")) {
            add(choice.path("index").asInt(0), choice);
        }
        for (String name : new String[] {"created", "model", "system_fingerprint", "id"}) {
            keep(name, chunk, false);
        }
        // of several choices it counts the first, wherever that ends
        keep("usage", chunk, lastFinished == 0);
        keep("timings", chunk, lastFinished == 0);
    }

    private void add(int index, JsonNode piece) {
        if (!choices.containsKey(index) && choices.size() >= MOST_CHOICES) {
            return;
        }
        JoinedChoice choice = choices.computeIfAbsent(index, JoinedChoice::new);
        choice.add(piece);
        if (choice.isFinished() && piece.path("finish_reason").isTextual()) {
            lastFinished = index;
        }
    }

    private void keep(String name, JsonNode chunk, boolean again) {
        JsonNode value = chunk.path(name);
        if (!value.isMissingNode() && !value.isNull() && (again || !members.containsKey(name))) {
            members.put(name, value);
        }
    }

    /** Whether it began and every choice has come to its end. */
    @Override
    public boolean isFinished() {
        return !choices.isEmpty() && choices.values().stream().allMatch(JoinedChoice::isFinished);
    }

    /** Tokens may be told behind the last finish. */
    @Override
    public boolean isOver() {
        return false;
    }

    @Override
    public byte[] whole() {
        ObjectNode answer = FrameJson.object();
        ArrayNode list = answer.putArray("choices");
        for (JoinedChoice choice : choices.values()) {
            if (chat) {
                choice.writeChat(list.addObject());
            } else {
                choice.writeText(list.addObject());
            }
        }
        put(answer, "created");
        put(answer, "model");
        put(answer, "system_fingerprint");
        answer.put("object", chat ? "chat.completion" : "text_completion");
        answer.set("usage", usage());
        put(answer, "id");
        put(answer, "timings");
        return FrameJson.write(answer);
    }

    /** A build that does not count when asked to tells timings all the same. */
    private JsonNode usage() {
        Optional<JsonNode> told = Optional.ofNullable(members.get("usage"));
        if (told.isPresent()) {
            return told.get();
        }
        JsonNode timings = Optional.ofNullable(members.get("timings")).orElse(FrameJson.object());
        long prompt =
                timings.path("prompt_n").asLong(0) + timings.path("cache_n").asLong(0);
        long completion = timings.path("predicted_n").asLong(0);
        return FrameJson.object()
                .put("completion_tokens", completion)
                .put("prompt_tokens", prompt)
                .put("total_tokens", prompt + completion);
    }

    private void put(ObjectNode answer, String name) {
        Optional.ofNullable(members.get(name)).ifPresent(value -> answer.set(name, value));
    }
}
