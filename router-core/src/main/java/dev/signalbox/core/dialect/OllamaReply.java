package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** {@code ollama.chat} and {@code ollama.generate}: lines that add to a text, the last one says that it is done. */
record OllamaReply() implements ReplyShape {

    private static final Watch WATCH = Watch.of("done", "error");

    @Override
    public String text(JsonNode frame) {
        return frame.path("message").path("content").asText("")
                + frame.path("response").asText("");
    }

    @Override
    public String reasoning(JsonNode frame) {
        return frame.path("message").path("thinking").asText("")
                + frame.path("thinking").asText("");
    }

    @Override
    public boolean produces(JsonNode frame) {
        return Truth.of(frame.path("message").path("tool_calls"))
                || Truth.of(frame.path("message").path("images"))
                || Truth.of(frame.path("image"));
    }

    @Override
    public String finish(JsonNode frame) {
        return frame.path("done").booleanValue() ? frame.path("done_reason").asText("stop") : "";
    }

    @Override
    public boolean ends(JsonNode frame) {
        return frame.path("done").booleanValue();
    }

    @Override
    public void count(JsonNode frame, Tally tally) {
        tally.input(frame.path("prompt_eval_count"));
        tally.output(frame.path("eval_count"));
    }

    @Override
    public Optional<String> wrongShape(JsonNode whole) {
        boolean shaped =
                whole.path("message").isObject() || whole.path("response").isTextual();
        return shaped ? Optional.empty() : Optional.of("the reply has neither message nor response");
    }

    @Override
    public Watch watch() {
        return WATCH;
    }
}
