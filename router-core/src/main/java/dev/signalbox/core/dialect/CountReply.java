package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** {@code anthropic.count-tokens}: one number, which is an answer and no usage. */
record CountReply() implements ReplyShape {

    private static final Watch WATCH = Watch.of("error");

    @Override
    public String text(JsonNode frame) {
        return "";
    }

    @Override
    public boolean finishes(JsonNode frame) {
        return frame.path("input_tokens").isNumber();
    }

    @Override
    public void count(JsonNode frame, Tally tally) {}

    @Override
    public Optional<String> wrongShape(JsonNode whole) {
        return finishes(whole) ? Optional.empty() : Optional.of("the reply has no number input_tokens");
    }

    @Override
    public Watch watch() {
        return WATCH;
    }
}
