package dev.signalbox.backend.llamacpp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;

/** A stream of items joined: its last event brings all of them. For one thread. */
final class JoinedResponse implements Joining {

    private static final Set<String> LAST = Set.of("response.completed", "response.incomplete");

    private Optional<ObjectNode> response = Optional.empty();

    @Override
    public void add(JsonNode event) {
        if (LAST.contains(event.path("type").asText()) && event.path("response") instanceof ObjectNode all) {
            response = Optional.of(all);
        }
    }

    @Override
    public boolean isFinished() {
        return response.isPresent();
    }

    @Override
    public boolean isOver() {
        return isFinished();
    }

    /** When it was completed is told only of answers that are not streamed, and there it is when they were created. */
    @Override
    public byte[] whole() {
        ObjectNode all = response.orElseThrow();
        ObjectNode answer = FrameJson.object();
        Optional.ofNullable(all.get("created_at")).ifPresent(time -> answer.set("completed_at", time));
        answer.setAll(all);
        return FrameJson.write(answer);
    }
}
