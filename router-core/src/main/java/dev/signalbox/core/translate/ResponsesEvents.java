package dev.signalbox.core.translate;

import static dev.signalbox.api.JsonText.quote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.frame.Frame;
import java.util.function.Consumer;

/** Numbers the events of one stream of {@code openai.responses}. One thread uses it. */
final class ResponsesEvents {

    private int number;

    /** Says one: its type, and members that begin with a comma. */
    void say(String type, String members, Consumer<? super Frame> out) {
        String head = "{\"type\":\"" + type + "\",\"sequence_number\":" + number;
        number++;
        out.accept(Frame.event(type, head + members + "}"));
    }

    /** Says one of an item. */
    void item(String type, int index, ObjectNode item, Consumer<? super Frame> out) {
        say(type, ",\"output_index\":" + index + ",\"item\":" + Frames.text(item), out);
    }

    /** Says one of a part of an item. */
    void part(String type, int index, ObjectNode item, String members, Consumer<? super Frame> out) {
        String id = quote(item.path("id").asText(""));
        say(type, ",\"item_id\":" + id + ",\"output_index\":" + index + members, out);
    }
}
