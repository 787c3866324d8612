package dev.signalbox.core.translate;

import static dev.signalbox.api.JsonText.quote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.frame.Frame;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The items of one answer of {@code openai.responses}, which are told while they grow. One thread uses it. */
final class ResponsesOutput {

    private static final String TEXT = "output_text";
    private static final String REFUSAL = "refusal";
    private static final Dialect OWN = Dialect.OPENAI_RESPONSES;
    private static final Seal NO_SEAL = new Seal(OWN, "");

    /** What the item that grows is. */
    private enum Kind {
        NONE,
        REASONING,
        MESSAGE,
        CALL
    }

    private final String id; // of the answer
    private final ResponsesNames names;
    private final ResponsesEvents events;
    private final Consumer<String> note;
    private final ArrayNode items = JsonNodeFactory.instance.arrayNode();
    private final Map<Integer, ResponsesCall> calls = new HashMap<>();
    private Kind open = Kind.NONE;
    private ObjectNode item = items.objectNode();
    private String part = ""; // the type of the part of a message that grows
    private StringBuilder words = new StringBuilder(); // of that part, or of a thought
    private ArrayNode logprobs = items.arrayNode();
    private Seal signature = NO_SEAL;
    private boolean thought; // completely
    private int call; // the one that is told

    /**
     * The items of that answer.
     *
     * @param names tools that are no functions for the client
     * @param note takes what is to be said of it in the trace
     */
    ResponsesOutput(String id, ResponsesNames names, ResponsesEvents events, Consumer<String> note) {
        this.id = id;
        this.names = names;
        this.events = events;
        this.note = note;
    }

    void text(String more, Consumer<? super Frame> out) {
        part(TEXT, out);
        words.append(more);
        events.part(
                "response.output_text.delta",
                index(),
                item,
                at() + ",\"delta\":" + quote(more) + ",\"logprobs\":[]",
                out);
    }

    void refusal(String more, Consumer<? super Frame> out) {
        part(REFUSAL, out);
        words.append(more);
        events.part("response.refusal.delta", index(), item, at() + ",\"delta\":" + quote(more), out);
    }

    void logprobs(JsonNode tokens) {
        tokens.forEach(logprobs::add);
    }

    private void part(String type, Consumer<? super Frame> out) {
        if (open != Kind.MESSAGE) {
            close(false, out);
            begin(Kind.MESSAGE, message(), out);
        }
        if (!part.equals(type)) {
            closePart(out);
            part = type;
            events.part(
                    "response.content_part.added", index(), item, at() + ",\"part\":" + Frames.text(grown("")), out);
        }
    }

    private ObjectNode message() {
        ObjectNode message = items.objectNode().put("id", "msg_" + id + "_" + items.size());
        message.put("type", "message").put("status", "in_progress").put("role", "assistant");
        message.putArray("content");
        return message;
    }

    /** The part of the message that grows. */
    private ObjectNode grown(String text) {
        ObjectNode grown = items.objectNode().put("type", part);
        if (part.equals(REFUSAL)) {
            return grown.put("refusal", text);
        }
        grown.put("text", text).putArray("annotations");
        return grown.set("logprobs", logprobs);
    }

    private String at() {
        return ",\"content_index\":" + item.path("content").size();
    }

    private void closePart(Consumer<? super Frame> out) {
        if (part.isEmpty()) {
            return;
        }
        String text = quote(words.toString());
        if (part.equals(TEXT)) {
            String members = ",\"text\":" + text + ",\"logprobs\":" + logprobs;
            events.part("response.output_text.done", index(), item, at() + members, out);
        } else {
            events.part("response.refusal.done", index(), item, at() + ",\"refusal\":" + text, out);
        }
        ObjectNode grown = grown(words.toString());
        events.part("response.content_part.done", index(), item, at() + ",\"part\":" + Frames.text(grown), out);
        item.withArrayProperty("content").add(grown);
        part = "";
        words = new StringBuilder();
        logprobs = items.arrayNode();
    }

    void thinking(String more, Consumer<? super Frame> out) {
        if (open != Kind.REASONING || thought) {
            close(false, out);
            begin(Kind.REASONING, reasoning(), out);
            String begun = ",\"summary_index\":0,\"part\":{\"type\":\"summary_text\",\"text\":\"\"}";
            events.part("response.reasoning_summary_part.added", index(), item, begun, out);
        }
        if (!more.isEmpty()) {
            words.append(more);
            String delta = ",\"summary_index\":0,\"delta\":" + quote(more);
            events.part("response.reasoning_summary_text.delta", index(), item, delta, out);
        }
    }

    private ObjectNode reasoning() {
        ObjectNode reasoning = items.objectNode().put("id", "rs_" + id + "_" + items.size());
        reasoning.put("type", "reasoning").putArray("summary");
        return reasoning;
    }

    /** A signature that comes once the thought is told comes too late. */
    void sign(Seal more, Consumer<? super Frame> out) {
        if (open == Kind.NONE && items.isEmpty()) {
            thinking("", out);
        }
        if (open == Kind.REASONING) {
            signature = new Seal(more.maker(), signature.data() + more.data());
            thought = true;
        } else {
            note.accept("the answer lost the signature of a thought: it came late");
        }
    }

    void redacted(Seal data, Consumer<? super Frame> out) {
        close(false, out);
        ObjectNode redacted = reasoning();
        int index = items.size();
        events.item("response.output_item.added", index, redacted, out);
        items.add(redacted.put("encrypted_content", data.to(OWN)));
        events.item("response.output_item.done", index, redacted, out);
    }

    /** The text or thought told last is complete; a message of several texts goes on. */
    void partEnded(Consumer<? super Frame> out) {
        closePart(out);
        thought = open == Kind.REASONING;
    }

    void call(int number, String callId, String name, Consumer<? super Frame> out) {
        close(false, out);
        ObjectNode named = items.objectNode().put("call_id", callId.isEmpty() ? "call_" + id + "_" + number : callId);
        ResponsesCall begun = ResponsesCall.begun(events, index(), named, id, name, names);
        begin(Kind.CALL, begun.item(), out);
        call = number;
        calls.put(number, begun);
    }

    void arguments(int number, String more, Consumer<? super Frame> out) {
        ResponsesCall known = calls.get(number);
        if (known != null) {
            known.more(more, out);
        }
    }

    void callEnded(int number, Consumer<? super Frame> out) {
        if (open == Kind.CALL && call == number) {
            close(false, out);
        }
    }

    private void begin(Kind kind, ObjectNode begun, Consumer<? super Frame> out) {
        open = kind;
        item = begun;
        events.item("response.output_item.added", index(), item, out);
    }

    private int index() {
        return items.size(); // of the item that grows
    }

    /** Nothing is added any more to what was told last, which may be all there was room for. */
    void close(boolean cut, Consumer<? super Frame> out) {
        Kind closed = open;
        switch (closed) {
            case NONE -> {}
            case REASONING -> closeThought(out);
            case MESSAGE -> {
                closePart(out);
                item.put("status", cut ? "incomplete" : "completed");
            }
            case CALL -> Optional.ofNullable(calls.get(call)).ifPresent(told -> told.end(cut, out));
        }
        if (closed != Kind.NONE) {
            events.item("response.output_item.done", index(), item, out);
            items.add(item);
            open = Kind.NONE;
        }
    }

    private void closeThought(Consumer<? super Frame> out) {
        ObjectNode summary = items.objectNode().put("type", "summary_text").put("text", words.toString());
        String at = ",\"summary_index\":0";
        events.part(
                "response.reasoning_summary_text.done",
                index(),
                item,
                at + ",\"text\":" + Frames.text(summary.path("text")),
                out);
        events.part(
                "response.reasoning_summary_part.done", index(), item, at + ",\"part\":" + Frames.text(summary), out);
        item.withArrayProperty("summary").add(summary);
        if (!signature.isEmpty()) {
            item.put("encrypted_content", signature.to(OWN));
        }
        words = new StringBuilder();
        signature = NO_SEAL;
        thought = false;
    }

    /** All of them, once everything is told. */
    ArrayNode items() {
        calls.values().forEach(ResponsesCall::settle);
        return items;
    }
}
