package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.frame.Frame;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Reads one reply of {@code ollama.chat}: lines that add to a message, each call of a tool whole in one of them. */
final class OllamaAnswerReader implements AnswerReader {

    private int calls;
    private boolean started;

    @Override
    public void frame(Frame frame, Consumer<? super AnswerEvent> told) {
        if (frame.kind() == Frame.Kind.DATA) {
            line(Frames.json(frame), told);
        }
    }

    @Override
    public Optional<String> failure() {
        return Crowd.failure(calls);
    }

    @Override
    public void whole(JsonNode reply, Consumer<? super AnswerEvent> told) throws IOException {
        if (!reply.path("message").isObject()) {
            throw new IOException("message is missing or no object");
        }
        line(reply, told);
    }

    private void line(JsonNode line, Consumer<? super AnswerEvent> told) {
        if (!line.isObject()) {
            return;
        }
        if (!started) {
            started = true;
            told.accept(new AnswerEvent.Started("", line.path("model").asText("")));
        }
        message(line.path("message"), told);
        JsonNode probabilities = line.path("logprobs");
        if (probabilities.isArray() && !probabilities.isEmpty()) {
            told.accept(new AnswerEvent.Logprobs(probabilities));
        }
        if (line.path("done").asBoolean(false)) {
            told.accept(new AnswerEvent.Counted(tokens(line)));
            told.accept(new AnswerEvent.Stopped(
                    OllamaFinish.read(line.path("done_reason").asText(""))));
        }
    }

    private void message(JsonNode message, Consumer<? super AnswerEvent> told) {
        String thought = words(message.path("thinking"));
        if (!thought.isEmpty()) {
            told.accept(new AnswerEvent.Thinking(thought));
        }
        String text = words(message.path("content"));
        if (!text.isEmpty()) {
            told.accept(new AnswerEvent.Text(text));
        }
        for (JsonNode call : message.path("tool_calls")) {
            call(call, told);
        }
        if (message.path("images").isArray() && !message.path("images").isEmpty()) {
            told.accept(new AnswerEvent.Lost("images"));
        }
    }

    private static String words(JsonNode node) {
        return node.isTextual() ? node.textValue() : "";
    }

    private void call(JsonNode call, Consumer<? super AnswerEvent> told) {
        JsonNode function = call.path("function");
        JsonNode arguments = function.path("arguments");
        told.accept(new AnswerEvent.CallStarted(calls, words(call.path("id")), words(function.path("name"))));
        told.accept(
                new AnswerEvent.CallArguments(calls, arguments.isObject() ? arguments.toString() : said(arguments)));
        told.accept(new AnswerEvent.CallEnded(calls));
        calls++;
    }

    /** A call without arguments has empty ones. */
    private static String said(JsonNode arguments) {
        return words(arguments).isBlank() ? "{}" : words(arguments);
    }

    /** What is nothing is not said at all. */
    private static Tokens tokens(JsonNode line) {
        return new Tokens(
                Counts.of(line.path("prompt_eval_count")),
                Counts.of(line.path("eval_count")),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty());
    }
}
