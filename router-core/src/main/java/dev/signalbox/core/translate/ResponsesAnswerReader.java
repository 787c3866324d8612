package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.frame.Frame;
import dev.signalbox.core.translate.Finish.Reason;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads one reply of {@code openai.responses}. What a server did not tell in pieces is told when its item is done. */
final class ResponsesAnswerReader implements AnswerReader {

    private static final int NONE = -1;

    private final Map<Integer, Integer> calls = new HashMap<>(); // of an item, by its index
    private final Set<Integer> told = new HashSet<>(); // items that have said something
    private final Map<Integer, String> thoughts = new HashMap<>(); // the event in which an item's thoughts are told
    private boolean weighed; // the probabilities of the text that grows were told

    @Override
    public void frame(Frame frame, Consumer<? super AnswerEvent> out) {
        if (frame.kind() == Frame.Kind.COMMENT) {
            out.accept(new AnswerEvent.Ping());
        } else if (frame.kind() == Frame.Kind.DATA) {
            event(Frames.json(frame), out);
        }
    }

    @Override
    public Optional<String> failure() {
        return Crowd.failure(told.size() + calls.size());
    }

    private void event(JsonNode event, Consumer<? super AnswerEvent> out) {
        int index = event.path("output_index").asInt(0);
        String delta = event.path("delta").asText("");
        String type = event.path("type").asText("");
        switch (type) {
            case "response.created" -> started(event.path("response"), out);
            case "response.output_item.added" -> begin(index, event.path("item"), out);
            case "response.output_text.delta" -> {
                text(index, delta, out);
                weighed |= logprobs(event.path("logprobs"), out);
            }
            case "response.output_text.done" -> weigh(index, event.path("logprobs"), out);
            case "response.refusal.delta" -> refusal(index, delta, out);
            case "response.reasoning_summary_part.added" ->
                next(index, event.path("summary_index"), "response.reasoning_summary_text.delta", out);
            case "response.content_part.added" -> {
                if (isThought(event)) {
                    next(index, event.path("content_index"), "response.reasoning_text.delta", out);
                }
            }
            case "response.reasoning_summary_text.delta", "response.reasoning_text.delta" ->
                thought(index, type, delta, out);
            case "response.function_call_arguments.delta" -> arguments(index, delta, out);
            case "response.content_part.done" -> {
                if (!isThought(event)) {
                    out.accept(new AnswerEvent.PartEnded());
                }
            }
            case "response.output_text.annotation.added" -> out.accept(new AnswerEvent.Lost("citations"));
            case "response.output_item.done" -> done(index, event.path("item"), out);
            case "response.completed", "response.incomplete" -> finish(event.path("response"), out);
            case "keepalive" -> out.accept(new AnswerEvent.Ping());
            default -> {} // a border, or not invented yet
        }
    }

    @Override
    public void whole(JsonNode reply, Consumer<? super AnswerEvent> out) throws IOException {
        JsonNode output = reply.path("output");
        if (!output.isArray()) {
            throw new IOException("output is missing or no array");
        }
        started(reply, out);
        for (int index = 0; index < output.size(); index++) {
            begin(index, output.get(index), out);
            done(index, output.get(index), out);
        }
        finish(reply, out);
    }

    private static void started(JsonNode response, Consumer<? super AnswerEvent> out) {
        out.accept(new AnswerEvent.Started(
                response.path("id").asText(""), response.path("model").asText("")));
    }

    private void begin(int index, JsonNode item, Consumer<? super AnswerEvent> out) {
        if (type(item).equals("function_call") && !calls.containsKey(index)) {
            calls.put(index, calls.size());
            String id = item.path("call_id").asText("");
            out.accept(new AnswerEvent.CallStarted(
                    calls.size() - 1, id, item.path("name").asText("")));
        }
    }

    private static String type(JsonNode node) {
        return node.path("type").asText("");
    }

    private void text(int index, String text, Consumer<? super AnswerEvent> out) {
        if (!text.isEmpty()) {
            told.add(index);
            out.accept(new AnswerEvent.Text(text));
        }
    }

    private static boolean logprobs(JsonNode tokens, Consumer<? super AnswerEvent> out) {
        boolean some = tokens.isArray() && !tokens.isEmpty();
        if (some) {
            out.accept(new AnswerEvent.Logprobs(tokens));
        }
        return some;
    }

    /** Some tell them with every piece of a text, others once it is told. */
    private void weigh(int index, JsonNode tokens, Consumer<? super AnswerEvent> out) {
        if (!weighed && told.contains(index)) { // else they come with the text
            logprobs(tokens, out);
        }
        weighed = false;
    }

    private void refusal(int index, String text, Consumer<? super AnswerEvent> out) {
        if (!text.isEmpty()) {
            told.add(index);
            out.accept(new AnswerEvent.Refusal(text));
        }
    }

    private static boolean isThought(JsonNode event) {
        return type(event.path("part")).equals("reasoning_text");
    }

    /** A thought may have several parts; whoever has no parts sees a line between them. */
    private void next(int index, JsonNode part, String type, Consumer<? super AnswerEvent> out) {
        if (part.asInt(0) > 0 && told.contains(index)) {
            thought(index, type, "\n\n", out);
        }
    }

    /** Some tell a thought and its summary: one of them is enough. */
    private void thought(int index, String type, String text, Consumer<? super AnswerEvent> out) {
        if (!text.isEmpty() && thoughts.computeIfAbsent(index, first -> type).equals(type)) {
            told.add(index);
            out.accept(new AnswerEvent.Thinking(text));
        }
    }

    private void arguments(int index, String json, Consumer<? super AnswerEvent> out) {
        if (calls.containsKey(index) && !json.isEmpty()) {
            told.add(index);
            out.accept(new AnswerEvent.CallArguments(calls.getOrDefault(index, NONE), json));
        }
    }

    private void done(int index, JsonNode item, Consumer<? super AnswerEvent> out) {
        switch (type(item)) {
            case "message" -> message(index, item, out);
            case "reasoning" -> thought(index, item, out);
            case "function_call" -> {
                begin(index, item, out);
                if (!told.contains(index)) {
                    arguments(index, item.path("arguments").asText(""), out);
                }
                out.accept(new AnswerEvent.CallEnded(calls.getOrDefault(index, NONE)));
            }
            default -> out.accept(new AnswerEvent.Lost(type(item).isEmpty() ? "an item" : type(item)));
        }
    }

    private void message(int index, JsonNode item, Consumer<? super AnswerEvent> out) {
        if (told.contains(index)) {
            out.accept(new AnswerEvent.PartEnded());
            return;
        }
        for (JsonNode part : item.path("content")) {
            switch (type(part)) {
                case "output_text" -> {
                    text(index, part.path("text").asText(""), out);
                    logprobs(part.path("logprobs"), out);
                    if (!part.path("annotations").isEmpty()) {
                        out.accept(new AnswerEvent.Lost("citations"));
                    }
                }
                case "refusal" -> refusal(index, part.path("refusal").asText(""), out);
                default -> out.accept(new AnswerEvent.Lost(type(part).isEmpty() ? "a part" : type(part)));
            }
            out.accept(new AnswerEvent.PartEnded());
        }
    }

    private void thought(int index, JsonNode item, Consumer<? super AnswerEvent> out) {
        if (!told.contains(index)) {
            String kind = item.path("summary").isEmpty() ? "content" : "summary";
            StringBuilder words = new StringBuilder();
            for (JsonNode part : item.path(kind)) {
                words.append(words.isEmpty() ? "" : "\n\n")
                        .append(part.path("text").asText(""));
            }
            thought(index, kind, words.toString(), out);
        }
        String encrypted = item.path("encrypted_content").asText("");
        if (!encrypted.isEmpty()) {
            Seal seal = new Seal(Dialect.OPENAI_RESPONSES, encrypted);
            out.accept(told.contains(index) ? new AnswerEvent.Signature(seal) : new AnswerEvent.Redacted(seal));
        }
        out.accept(new AnswerEvent.PartEnded());
    }

    private static void finish(JsonNode response, Consumer<? super AnswerEvent> out) {
        if (response.path("usage").isObject()) {
            out.accept(new AnswerEvent.Counted(ResponsesUsage.read(response.path("usage"))));
        }
        out.accept(new AnswerEvent.Stopped(reason(response)));
    }

    private static Finish reason(JsonNode response) {
        String word = response.path("incomplete_details").path("reason").asText("");
        return switch (word) {
            case "" -> Finish.of(Reason.END, response.path("status").asText(""));
            case "max_output_tokens" -> Finish.of(Reason.LENGTH, word);
            case "content_filter" -> Finish.of(Reason.REFUSED, word);
            default -> Finish.of(Reason.OTHER, word);
        };
    }
}
