package dev.signalbox.core.translate;

import static dev.signalbox.api.JsonText.quote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.frame.Frame;
import java.util.function.Consumer;

/**
 * One call in an answer of {@code openai.responses}. The arguments of a function are told as they come, also after something
 * else was begun; the text for a custom tool once it is whole, for it comes inside of arguments. One thread uses it.
 */
final class ResponsesCall {

    private final ResponsesEvents events;
    private final int index;
    private final ObjectNode item;
    private final boolean custom;
    private final StringBuilder arguments = new StringBuilder();

    private ResponsesCall(ResponsesEvents events, int index, ObjectNode item, boolean custom) {
        this.events = events;
        this.index = index;
        this.item = item;
        this.custom = custom;
    }

    /**
     * A call that begins.
     *
     * @param index which item of the answer it is
     * @param item empty but for the id of the call
     * @param answer the id of the answer
     */
    static ResponsesCall begun(
            ResponsesEvents events, int index, ObjectNode item, String answer, String name, ResponsesNames names) {
        boolean custom = names.custom().contains(name);
        item.put("id", (custom ? "ctc_" : "fc_") + answer + "_" + index);
        item.put("type", custom ? "custom_tool_call" : "function_call").put("status", "in_progress");
        names.name(name, item);
        return new ResponsesCall(events, index, item.put(custom ? "input" : "arguments", ""), custom);
    }

    ObjectNode item() {
        return item;
    }

    void more(String json, Consumer<? super Frame> out) {
        arguments.append(json);
        if (!custom) {
            events.part("response.function_call_arguments.delta", index, item, ",\"delta\":" + quote(json), out);
        }
    }

    /** A function that takes nothing is called with an empty object: clients read it as JSON. */
    void end(boolean cut, Consumer<? super Frame> out) {
        if (arguments.toString().isBlank() && !cut && !custom) {
            more("{}", out);
        }
        settle();
        item.put("status", cut ? "incomplete" : "completed");
        if (custom) {
            String input = Frames.text(item.path("input"));
            events.part("response.custom_tool_call_input.delta", index, item, ",\"delta\":" + input, out);
            events.part("response.custom_tool_call_input.done", index, item, ",\"input\":" + input, out);
        } else {
            String said = ",\"name\":" + Frames.text(item.path("name")) + ",\"arguments\":"
                    + Frames.text(item.path("arguments"));
            events.part("response.function_call_arguments.done", index, item, said, out);
        }
    }

    /** Everything was told: the item holds it all. */
    void settle() {
        String all = arguments.toString();
        item.put(custom ? "input" : "arguments", custom ? TextTools.input(all) : all);
    }
}
