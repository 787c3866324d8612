package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.JsonNode;

/** A dialect that only its plugin knows: every frame is content, and an orderly end is a finish. */
record UnknownReply() implements ReplyShape {

    private static final Watch WATCH = Watch.of("error", "usage");

    @Override
    public String text(JsonNode frame) {
        return "";
    }

    @Override
    public boolean produces(JsonNode frame) {
        return true;
    }

    @Override
    public boolean finishes(JsonNode frame) {
        return true;
    }

    @Override
    public void count(JsonNode frame, Tally tally) {
        tally.input(frame.path("usage").path("prompt_tokens"));
        tally.input(frame.path("usage").path("input_tokens"));
        tally.output(frame.path("usage").path("completion_tokens"));
        tally.output(frame.path("usage").path("output_tokens"));
    }

    @Override
    public boolean speaksJson() {
        return false;
    }

    @Override
    public Watch watch() {
        return WATCH;
    }
}
