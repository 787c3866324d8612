package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.frame.Frame;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads one reply of {@code openai.chat}: the first choice of it, for nobody else can ask for several. */
final class OpenAiAnswerReader implements AnswerReader {

    private final OpenAiCalls calls = new OpenAiCalls();
    private boolean started;

    @Override
    public void frame(Frame frame, Consumer<? super AnswerEvent> told) {
        if (frame.kind() == Frame.Kind.COMMENT) {
            told.accept(new AnswerEvent.Ping());
        } else if (frame.kind() == Frame.Kind.DATA) {
            read(Frames.json(frame), "delta", told);
        }
    }

    @Override
    public Optional<String> failure() {
        return calls.failure();
    }

    @Override
    public void whole(JsonNode reply, Consumer<? super AnswerEvent> told) throws IOException {
        if (!reply.path("choices").path(0).path("message").isObject()) {
            throw new IOException("choices[0].message is missing or no object");
        }
        read(reply, "message", told);
    }

    private void read(JsonNode reply, String holder, Consumer<? super AnswerEvent> told) {
        if (!reply.isObject()) {
            return;
        }
        if (!started) {
            started = true;
            told.accept(new AnswerEvent.Started(
                    reply.path("id").asText(""), reply.path("model").asText("")));
        }
        for (JsonNode choice : reply.path("choices")) {
            if (choice.path("index").asInt(0) == 0) {
                choice(choice, choice.path(holder), told);
            }
        }
        if (reply.path("usage").isObject()) {
            told.accept(new AnswerEvent.Counted(OpenAiUsage.read(reply.path("usage"))));
        }
    }

    private void choice(JsonNode choice, JsonNode said, Consumer<? super AnswerEvent> told) {
        thought(said, told);
        text(said.path("content"), told);
        String refusal = said.path("refusal").asText("");
        if (said.path("refusal").isTextual() && !refusal.isEmpty()) {
            told.accept(new AnswerEvent.Refusal(refusal));
        }
        JsonNode probabilities = choice.path("logprobs").path("content");
        if (probabilities.isArray() && !probabilities.isEmpty()) {
            told.accept(new AnswerEvent.Logprobs(probabilities));
        }
        calls.read(said, told);
        untold(said, told);
        String word = choice.path("finish_reason").asText("");
        if (choice.path("finish_reason").isTextual() && !word.isEmpty()) {
            calls.end(told);
            JsonNode stop = choice.path("stop_reason"); // one server's word for the text that ended it
            told.accept(new AnswerEvent.Stopped(OpenAiFinish.read(word, stop.isTextual() ? stop.textValue() : "")));
        }
    }

    /** Some servers tell a text as a list of parts, as requests may. */
    private static void text(JsonNode content, Consumer<? super AnswerEvent> told) {
        for (JsonNode part : content.isArray() ? content : List.of(content)) {
            String text =
                    part.isTextual() ? part.textValue() : part.path("text").asText("");
            if (!text.isEmpty()) {
                told.accept(new AnswerEvent.Text(text));
            }
        }
    }

    /** A server that has both words says the same twice. */
    private static void thought(JsonNode said, Consumer<? super AnswerEvent> told) {
        JsonNode first = said.path("reasoning_content");
        JsonNode thought = first.isTextual() && !first.textValue().isEmpty() ? first : said.path("reasoning");
        if (thought.isTextual() && !thought.textValue().isEmpty()) {
            told.accept(new AnswerEvent.Thinking(thought.textValue()));
        }
    }

    private static void untold(JsonNode said, Consumer<? super AnswerEvent> told) {
        if (said.path("annotations").isArray() && !said.path("annotations").isEmpty()) {
            told.accept(new AnswerEvent.Lost("citations"));
        }
        if (said.path("audio").isObject()) {
            told.accept(new AnswerEvent.Lost("audio"));
        }
    }
}
