package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** {@code openai.embeddings}, {@code ollama.embed} and {@code ollama.embeddings}: vectors. */
record EmbeddingsReply() implements ReplyShape {

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
        tally.input(frame.path("usage").path("prompt_tokens"));
        tally.input(frame.path("prompt_eval_count"));
    }

    /** The plural is Ollama's, the singular that of its older endpoint. */
    @Override
    public Optional<String> wrongShape(JsonNode whole) {
        boolean vectors = whole.path("data").isArray()
                || whole.path("embeddings").isArray()
                || whole.path("embedding").isArray();
        return vectors ? Optional.empty() : Optional.of("the reply has no embeddings");
    }

    @Override
    public Watch watch() {
        return WATCH;
    }
}
