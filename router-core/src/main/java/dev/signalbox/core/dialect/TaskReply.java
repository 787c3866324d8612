package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** {@code task}: frames that add to a response, the last one says that it is done; or the whole of it. */
record TaskReply() implements ReplyShape {

    private static final Watch WATCH = Watch.of("done", "error");

    @Override
    public String text(JsonNode frame) {
        return frame.path("response").asText("");
    }

    @Override
    public String reasoning(JsonNode frame) {
        return frame.path("reasoning").asText("");
    }

    @Override
    public boolean produces(JsonNode frame) {
        return Truth.of(frame.path("tool_calls"));
    }

    @Override
    public String finish(JsonNode frame) {
        return frame.path("finish_reason").asText(ends(frame) ? "stop" : "");
    }

    @Override
    public boolean ends(JsonNode frame) {
        return frame.path("done").booleanValue();
    }

    @Override
    public void count(JsonNode frame, Tally tally) {
        tally.input(frame.path("prompt_tokens"));
        tally.output(frame.path("tokens_generated"));
    }

    @Override
    public Optional<String> wrongShape(JsonNode whole) {
        return whole.path("response").isTextual() ? Optional.empty() : Optional.of("the reply has no response");
    }

    @Override
    public Watch watch() {
        return WATCH;
    }
}
