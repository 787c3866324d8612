package dev.signalbox.core.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Usage;
import dev.signalbox.api.frame.Frame;
import dev.signalbox.core.json.Json;
import dev.signalbox.core.translate.AnswerFacts;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** Tells the answer to a task. What nobody knows is {@code null}, not 0. */
final class TaskRetelling implements Retelling {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final byte[] NOTHING = new byte[0];
    private static final double GB = 1e9;

    private final ReplyShape shape;
    private final UnaryOperator<JsonNode> calls;
    private final JsonNode agent;
    private final JsonNode role;
    private final AnswerFacts facts;
    private String finish = "";

    /**
     * A retelling about to begin.
     *
     * @param shape what the backend's frames mean
     * @param calls finds the tool calls in one of them
     * @param said the task
     */
    TaskRetelling(ReplyShape shape, UnaryOperator<JsonNode> calls, ObjectNode said, AnswerFacts facts) {
        this.shape = shape;
        this.calls = calls;
        this.agent = known(said.path("agent"));
        this.role = known(said.path("role"));
        this.facts = facts;
    }

    @Override
    public byte[] frame(Frame frame) {
        if (frame.kind() != Frame.Kind.DATA) {
            return NOTHING;
        }
        JsonNode reply = tree(frame.data());
        finish = shape.finish(reply).isEmpty() ? finish : shape.finish(reply);
        ObjectNode told = NODES.objectNode();
        String text = shape.text(reply);
        if (!text.isEmpty()) {
            told.put("response", text);
        }
        tell(reply, told);
        return told.isEmpty() ? NOTHING : Frame.data(told.toString()).raw();
    }

    /** An end mark that is no JSON adds nothing. */
    private static JsonNode tree(byte[] data) {
        try {
            return Json.tree(data);
        } catch (IOException endMark) {
            return NODES.missingNode();
        }
    }

    @Override
    public byte[] end(Optional<Usage> usage) {
        ObjectNode last = who();
        account(last, usage);
        return Frame.data(last.put("done", true).toString()).raw();
    }

    @Override
    public byte[] whole(byte[] reply, Optional<Usage> usage) throws IOException {
        JsonNode tree = Json.tree(reply);
        finish = shape.finish(tree);
        ObjectNode whole = who().put("response", shape.text(tree));
        tell(tree, whole);
        account(whole, usage);
        return whole.toString().getBytes(UTF_8);
    }

    private ObjectNode who() {
        ObjectNode answer = NODES.objectNode();
        answer.put("model", facts.model());
        answer.set("agent", agent);
        answer.set("role", role);
        return answer;
    }

    private void tell(JsonNode reply, ObjectNode told) {
        String reasoning = shape.reasoning(reply);
        if (!reasoning.isEmpty()) {
            told.put("reasoning", reasoning);
        }
        JsonNode called = calls.apply(reply);
        if (Truth.of(called)) {
            told.set("tool_calls", called);
        }
    }

    private void account(ObjectNode answer, Optional<Usage> usage) {
        answer.set("finish_reason", NODES.textNode(finish));
        answer.set("tokens_generated", count(usage.map(Usage::output)));
        answer.set("prompt_tokens", count(usage.map(Usage::input)));
        answer.put("latency_ms", facts.took().get().toMillis());
        answer.set("memory_used_gb", gigabytes(facts.memoryBytes()));
        answer.put("timestamp", facts.now().get().toString());
    }

    private static JsonNode known(JsonNode text) {
        return text.isTextual() ? text : NODES.nullNode();
    }

    private static JsonNode count(Optional<Long> tokens) {
        return tokens.<JsonNode>map(NODES::numberNode).orElseGet(NODES::nullNode);
    }

    private static JsonNode gigabytes(OptionalLong bytes) {
        return bytes.isPresent()
                ? NODES.numberNode(Math.round(bytes.getAsLong() / GB * 100) / 100.0)
                : NODES.nullNode();
    }
}
