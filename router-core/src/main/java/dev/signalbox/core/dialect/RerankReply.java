package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * {@code openai.rerank} and {@code openai.score}: scores, in an object or, for requests in the older form, in a bare array.
 */
record RerankReply() implements ReplyShape {

    private static final Watch WATCH = Watch.of("error", "usage");

    @Override
    public String text(JsonNode frame) {
        return "";
    }

    @Override
    public boolean produces(JsonNode frame) {
        return wrongShape(frame).isEmpty();
    }

    @Override
    public boolean finishes(JsonNode frame) {
        return wrongShape(frame).isEmpty();
    }

    @Override
    public void count(JsonNode frame, Tally tally) {
        JsonNode usage = frame.path("usage");
        tally.input(usage.path("total_tokens"));
        tally.input(usage.path("prompt_tokens"));
    }

    @Override
    public Optional<String> wrongShape(JsonNode whole) {
        boolean scores = whole.isArray()
                || whole.path("results").isArray()
                || whole.path("data").isArray();
        return scores ? Optional.empty() : Optional.of("the reply has no results");
    }

    @Override
    public Watch watch() {
        return WATCH;
    }
}
