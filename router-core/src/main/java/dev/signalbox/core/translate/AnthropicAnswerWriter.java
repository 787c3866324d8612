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

/** Tells one answer in {@code anthropic.messages}: one block after the other, however mixed the backend tells them. */
final class AnthropicAnswerWriter implements AnswerWriter {

    private static final Dialect OWN = Dialect.ANTHROPIC_MESSAGES;

    /** What a block holds. */
    private enum Block {
        NONE,
        TEXT,
        REFUSAL,
        THINKING,
        CALL
    }

    private final AnswerFacts facts;
    private final InOrder inOrder;
    private final Map<Integer, Integer> calls = new HashMap<>(); // the index of their blocks
    private Tokens tokens = Tokens.UNKNOWN;
    private Finish finish = Finish.of(Finish.Reason.OTHER, "");
    private Block open = Block.NONE;
    private int index = -1; // of the block begun last
    private boolean begun;
    private boolean refused;
    private boolean signed; // the block begun last, a thought

    AnthropicAnswerWriter(AnswerFacts facts) {
        this.facts = facts;
        this.inOrder = new InOrder(facts.note());
    }

    @Override
    public void tell(AnswerEvent event, Consumer<? super Frame> out) {
        switch (event) {
            case AnswerEvent.Ping ignored -> out.accept(Frame.event("ping", "{\"type\":\"ping\"}"));
            case AnswerEvent.Counted counted -> tokens = counted.tokens().after(tokens);
            case AnswerEvent.Stopped stopped -> finish = stopped.finish();
            default -> inOrder.take(event, next -> write(next, out));
        }
    }

    @Override
    public Optional<String> failure() {
        return inOrder.failure();
    }

    private void write(AnswerEvent event, Consumer<? super Frame> out) {
        switch (event) {
            case AnswerEvent.Text more -> text(Block.TEXT, more.text(), out);
            case AnswerEvent.Refusal more -> {
                refused = true;
                text(Block.REFUSAL, more.text(), out);
            }
            case AnswerEvent.Thinking more -> thinking(more.text(), out);
            case AnswerEvent.Signature signature -> sign(signature.signature(), out);
            case AnswerEvent.Redacted redacted -> {
                close(out);
                begin(
                        Block.THINKING,
                        "{\"type\":\"redacted_thinking\",\"data\":"
                                + quote(redacted.data().to(OWN)) + "}",
                        out);
                close(out);
            }
            case AnswerEvent.PartEnded ignored -> {
                if (open != Block.CALL) {
                    close(out);
                }
            }
            case AnswerEvent.CallStarted call -> call(call, out);
            case AnswerEvent.CallArguments more -> arguments(more, out);
            case AnswerEvent.CallEnded call -> {
                if (calls.getOrDefault(call.call(), -1) == index) {
                    close(out);
                }
            }
            default -> {} // has no word in this dialect
        }
    }

    private void text(Block kind, String text, Consumer<? super Frame> out) {
        block(kind, "{\"type\":\"text\",\"text\":\"\"}", out);
        delta(index, "{\"type\":\"text_delta\",\"text\":" + quote(text) + "}", out);
    }

    private void thinking(String more, Consumer<? super Frame> out) {
        if (signed) {
            close(out); // it was complete
        }
        block(Block.THINKING, "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}", out);
        if (!more.isEmpty()) {
            delta(index, "{\"type\":\"thinking_delta\",\"thinking\":" + quote(more) + "}", out);
        }
    }

    /** A signature that comes once the thought is closed comes too late. */
    private void sign(Seal signature, Consumer<? super Frame> out) {
        if (open == Block.THINKING) {
            String more = signed ? signature.data() : signature.to(OWN);
            signed = true;
            delta(index, "{\"type\":\"signature_delta\",\"signature\":" + quote(more) + "}", out);
        } else {
            facts.note().accept("the answer lost the signature of a thought: it came late");
        }
    }

    private void call(AnswerEvent.CallStarted call, Consumer<? super Frame> out) {
        close(out);
        String said = "{\"type\":\"tool_use\",\"id\":%s,\"name\":%s,\"input\":{}}"
                .formatted(quote(id(call.id(), call.call())), quote(call.name()));
        begin(Block.CALL, said, out);
        calls.put(call.call(), index);
    }

    private String id(String known, int call) {
        return known.isEmpty() ? "toolu_" + facts.id() + "_" + call : AnthropicBlocks.id(known);
    }

    private void arguments(AnswerEvent.CallArguments more, Consumer<? super Frame> out) {
        int block = calls.getOrDefault(more.call(), -1);
        if (block >= 0) {
            delta(block, "{\"type\":\"input_json_delta\",\"partial_json\":" + quote(more.json()) + "}", out);
        }
    }

    private void block(Block kind, String start, Consumer<? super Frame> out) {
        if (open != kind) {
            close(out);
            begin(kind, start, out);
        }
    }

    private void begin(Block kind, String start, Consumer<? super Frame> out) {
        begin(out);
        open = kind;
        signed = false;
        index++;
        out.accept(Frame.event(
                "content_block_start",
                "{\"type\":\"content_block_start\",\"index\":" + index + ",\"content_block\":" + start + "}"));
    }

    private void delta(int block, String delta, Consumer<? super Frame> out) {
        out.accept(Frame.event(
                "content_block_delta",
                "{\"type\":\"content_block_delta\",\"index\":" + block + ",\"delta\":" + delta + "}"));
    }

    private void close(Consumer<? super Frame> out) {
        if (open != Block.NONE) {
            open = Block.NONE;
            out.accept(Frame.event("content_block_stop", "{\"type\":\"content_block_stop\",\"index\":" + index + "}"));
        }
    }

    private void begin(Consumer<? super Frame> out) {
        if (!begun) {
            begun = true;
            ObjectNode start = JsonNodeFactory.instance.objectNode().put("type", "message_start");
            ObjectNode message = start.putObject("message");
            head(message).putArray("content");
            message.putNull("stop_reason").putNull("stop_sequence").set("usage", AnthropicUsage.write(tokens));
            out.accept(Frame.event("message_start", start.toString()));
        }
    }

    private ObjectNode head(ObjectNode message) {
        return message.put("id", "msg_" + facts.id())
                .put("type", "message")
                .put("role", "assistant")
                .put("model", facts.model());
    }

    @Override
    public void end(Consumer<? super Frame> out) {
        inOrder.end(next -> write(next, out));
        begin(out);
        close(out);
        ObjectNode last = JsonNodeFactory.instance.objectNode().put("type", "message_delta");
        stopped(last.putObject("delta"), finish, !calls.isEmpty());
        last.set("usage", AnthropicUsage.write(tokens));
        out.accept(Frame.event("message_delta", last.toString()));
        out.accept(Frame.event("message_stop", "{\"type\":\"message_stop\"}"));
    }

    private void stopped(ObjectNode into, Finish why, boolean called) {
        into.put("stop_reason", AnthropicFinish.write(why, called, refused));
        into.put("stop_sequence", why.stop().isEmpty() ? null : why.stop());
    }

    @Override
    public JsonNode whole(Answer answer) {
        ObjectNode whole = head(JsonNodeFactory.instance.objectNode());
        ArrayNode content = whole.putArray("content");
        boolean called = false;
        for (Part part : answer.parts()) {
            called |= part instanceof Part.ToolCall;
            part(part, content);
        }
        stopped(whole, answer.finish(), called);
        whole.set("usage", AnthropicUsage.write(answer.tokens()));
        return whole;
    }

    private void part(Part part, ArrayNode content) {
        switch (part) {
            case Part.Text text -> content.addObject().put("type", "text").put("text", text.text());
            case Part.Refusal refusal -> {
                refused = true;
                content.addObject().put("type", "text").put("text", refusal.text());
            }
            case Part.Thinking thought ->
                content.addObject()
                        .put("type", "thinking")
                        .put("thinking", thought.text())
                        .put("signature", thought.signature().to(OWN));
            case Part.Redacted redacted ->
                content.addObject()
                        .put("type", "redacted_thinking")
                        .put("data", redacted.data().to(OWN));
            case Part.ToolCall call ->
                content.addObject()
                        .put("type", "tool_use")
                        .put("id", id(call.id(), calls(content)))
                        .put("name", call.name())
                        .set("input", AnthropicBlocks.input(call.arguments()));
            default -> {} // no part of an answer
        }
    }

    private static int calls(ArrayNode content) {
        int calls = 0;
        for (JsonNode block : content) {
            calls += block.path("type").asText("").equals("tool_use") ? 1 : 0;
        }
        return calls - 1;
    }
}
