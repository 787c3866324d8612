package dev.signalbox.core.translate;

import static dev.signalbox.api.JsonText.quote;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Tells the calls of one answer in {@code openai.chat}, as the client knows its tools. The arguments of a function are told as
 * they come; the text for a custom tool once it is whole, for it comes inside of arguments. One thread uses it.
 */
final class OpenAiCallDeltas {

    private final AnswerFacts facts;
    private final Set<String> custom; // names of tools
    private final boolean legacy; // the client asked with functions, and can be told of one call only
    private final Map<Integer, StringBuilder> texts = new TreeMap<>(); // arguments for custom tools, by their calls
    private final Held held = new Held("its calls of custom tools have more than %,d characters");
    private boolean called;

    OpenAiCallDeltas(Chat asked, AnswerFacts facts) {
        this.facts = facts;
        this.custom = TextTools.named(asked.tools(), Dialect.OPENAI_CHAT);
        this.legacy = OpenAiTools.legacy(asked);
    }

    /** How the end of an answer is said, after the calls that were told. */
    String finish(Finish finish) {
        return OpenAiFinish.write(finish, called, legacy);
    }

    void started(AnswerEvent.CallStarted call, Consumer<String> delta) {
        called = true;
        String name = quote(call.name());
        if (legacy) {
            if (call.call() > 0) {
                lostOthers();
            } else {
                delta.accept("{\"function_call\":{\"name\":" + name + ",\"arguments\":\"\"}}");
            }
            return;
        }
        boolean text = custom.contains(call.name());
        if (text) {
            texts.put(call.call(), new StringBuilder());
        }
        String head = "\"id\":" + quote(id(call.id(), call.call())) + ",";
        delta.accept(
                text
                        ? call(
                                call.call(),
                                head + "\"type\":\"custom\",\"custom\":{\"name\":" + name + ",\"input\":\"\"}")
                        : call(
                                call.call(),
                                head + "\"type\":\"function\",\"function\":{\"name\":" + name
                                        + ",\"arguments\":\"\"}"));
    }

    void arguments(AnswerEvent.CallArguments more, Consumer<String> delta) {
        StringBuilder text = texts.get(more.call());
        if (text == null) {
            told(more, delta);
        } else if (held.takes(more.json().length())) {
            text.append(more.json());
        }
    }

    private void told(AnswerEvent.CallArguments more, Consumer<String> delta) {
        String json = "{\"arguments\":" + quote(more.json()) + "}";
        if (!legacy) {
            delta.accept(call(more.call(), "\"function\":" + json));
        } else if (more.call() == 0) {
            delta.accept("{\"function_call\":" + json + "}");
        }
    }

    /** Why the rest cannot be told; empty as long as it can. */
    Optional<String> failure() {
        return held.failure();
    }

    void ended(int call, Consumer<String> delta) {
        StringBuilder arguments = texts.remove(call);
        if (arguments != null && !arguments.isEmpty()) {
            String input = quote(TextTools.input(arguments.toString()));
            delta.accept(call(call, "\"custom\":{\"input\":" + input + "}"));
        }
    }

    /** Nothing more comes of any call. */
    void allEnded(Consumer<String> delta) {
        List.copyOf(texts.keySet()).forEach(call -> ended(call, delta));
    }

    private static String call(int index, String members) {
        return "{\"tool_calls\":[{\"index\":" + index + "," + members + "}]}";
    }

    private String id(String known, int call) {
        return known.isEmpty() ? "call_" + facts.id() + "_" + call : known;
    }

    private void lostOthers() {
        facts.note().accept("the answer lost all calls but the first: the client asked with functions");
    }

    /** Says the calls of a whole answer. */
    void whole(Answer answer, ObjectNode message) {
        ArrayNode calls = message.arrayNode();
        for (Part part : answer.parts()) {
            if (part instanceof Part.ToolCall call) {
                whole(call, calls);
            }
        }
        called = !calls.isEmpty();
        if (called && legacy) {
            message.set("function_call", calls.get(0).path("function"));
        } else if (called) {
            message.set("tool_calls", calls);
        }
        if (legacy && calls.size() > 1) {
            lostOthers();
        }
    }

    private void whole(Part.ToolCall call, ArrayNode calls) {
        ObjectNode said = calls.addObject().put("id", id(call.id(), calls.size() - 1));
        String name = call.name();
        if (custom.contains(name)) {
            ObjectNode text = said.put("type", TextTools.TYPE).putObject(TextTools.TYPE);
            text.put("name", name).put("input", TextTools.input(call.arguments()));
        } else {
            ObjectNode function = said.put("type", "function").putObject("function");
            function.put("name", name).put("arguments", call.arguments());
        }
    }
}
