package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.core.translate.Turn.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes the instructions and the items of one request of {@code openai.responses}. One thread uses it. */
final class ResponsesTurns {

    private static final Dialect OWN = Dialect.OPENAI_RESPONSES;
    private static final String HEARD = "input_text";
    private static final String SAID = "output_text";

    private final ObjectNode request;
    private final ArrayNode items;
    private final ResponsesNames names;
    private final Manner manner;
    private final Losses losses;
    private final Set<String> custom = new HashSet<>(0); // calls of custom tools, by their ids
    private boolean begun; // somebody else than the system has spoken

    ResponsesTurns(ObjectNode request, ResponsesNames names, Manner manner, Losses losses) {
        this.request = request;
        this.items = request.arrayNode();
        this.names = names;
        this.manner = manner;
        this.losses = losses;
    }

    void write(List<Turn> all) {
        List<Turn> turns = Calls.numbered(all);
        boolean instructed = !turns.isEmpty() && instructs(turns.getFirst());
        if (instructed) {
            request.put("instructions", ((Part.Text) turns.getFirst().parts().getFirst()).text());
        }
        List<Turn> said = turns.subList(instructed ? 1 : 0, turns.size());
        if (said.size() == 1 && said.getFirst().origin().in(OWN) && text(said.getFirst(), "/input")) {
            request.put("input", ((Part.Text) said.getFirst().parts().getFirst()).text());
            return;
        }
        said.forEach(this::write);
        request.set("input", items); // the last member: what comes before it is the same from turn to turn
    }

    /** What the system says first, and in plain words; in this dialect itself it stays where it stood. */
    private static boolean instructs(Turn turn) {
        return turn.role() == Role.SYSTEM
                && (!turn.origin().in(OWN) || turn.origin().pointer().equals("/instructions"))
                && text(turn, "");
    }

    private static boolean text(Turn turn, String pointer) {
        return turn.parts().size() == 1
                && turn.parts().getFirst() instanceof Part.Text text
                && text.origin().rest().isEmpty()
                && turn.origin().rest().isEmpty()
                && (pointer.isEmpty() || turn.origin().pointer().equals(pointer));
    }

    private void write(Turn turn) {
        begun |= !turn.role().instructs();
        switch (turn.role()) {
            case SYSTEM, DEVELOPER -> message(instructing(turn.role()), HEARD, turn, turn.parts());
            case ASSISTANT -> assistant(turn);
            case USER, TOOL -> heard(turn);
        }
    }

    private String instructing(Role role) {
        if (begun && manner.midSystem() == Manner.MidSystem.USER) {
            return "user";
        }
        return role == Role.DEVELOPER ? "developer" : "system";
    }

    /** Results go first: whoever called waits for them. */
    private void heard(Turn turn) {
        List<Part> said = new ArrayList<>();
        for (Part part : turn.parts()) {
            switch (part) {
                case Part.ToolResult result -> result(result);
                case Part.Foreign foreign when item(foreign) -> items.add(foreign.whole());
                default -> said.add(part);
            }
        }
        if (!said.isEmpty() || turn.parts().isEmpty()) {
            message("user", HEARD, turn, said);
        } else {
            turn.origin().rest(OWN, items.objectNode(), losses);
        }
    }

    private void result(Part.ToolResult result) {
        String type = custom.contains(result.id()) ? "custom_tool_call_output" : "function_call_output";
        ObjectNode item = items.addObject().put("type", type).put("call_id", result.id());
        boolean own = result.origin().in(OWN);
        List<Part> words = Failed.inWords(result, result.parts());
        item.set("output", content(words, HEARD, result.plain(), own));
        result.origin().rest(OWN, item, losses);
    }

    /** Whether something is an item of its own rather than part of one. */
    private static boolean item(Part.Foreign foreign) {
        String pointer = foreign.origin().pointer();
        return foreign.origin().in(OWN) && pointer.lastIndexOf('/') == "/input".length();
    }

    private void assistant(Turn turn) {
        List<Part> words = new ArrayList<>();
        for (Part part : turn.parts()) {
            switch (part) {
                case Part.Thinking thinking -> thought(thinking);
                case Part.Redacted redacted -> locked(redacted);
                case Part.ToolCall call -> {
                    said(turn, words);
                    call(call);
                }
                case Part.Foreign foreign
                when item(foreign) -> {
                    said(turn, words);
                    items.add(foreign.whole());
                }
                default -> words.add(part);
            }
        }
        said(turn, words);
    }

    private void said(Turn turn, List<Part> words) {
        if (!words.isEmpty()) {
            message("assistant", SAID, turn, words);
            words.clear();
        }
    }

    private void thought(Part.Thinking thinking) {
        if (!thinking.signature().isEmpty() && !thinking.signature().isBy(OWN)) {
            losses.lose("signature", thinking.origin().pointer("signature"));
        }
        ObjectNode item = reasoning(thinking.signature());
        item.withArrayProperty("summary")
                .addObject()
                .put("type", "summary_text")
                .put("text", thinking.text());
        thinking.origin().rest(OWN, item, losses);
    }

    private void locked(Part.Redacted redacted) {
        if (redacted.data().isBy(OWN)) {
            redacted.origin().rest(OWN, reasoning(redacted.data()), losses);
        } else {
            losses.lose("redacted_thinking", redacted.origin().pointer());
        }
    }

    private ObjectNode reasoning(Seal encrypted) {
        ObjectNode item = items.objectNode().put("type", "reasoning").put("id", "rs_" + items.size());
        items.add(item);
        item.putArray("summary");
        if (encrypted.isBy(OWN)) {
            item.put("encrypted_content", encrypted.data());
        }
        return item;
    }

    private void call(Part.ToolCall call) {
        boolean text = names.custom().contains(call.name());
        ObjectNode item = items.addObject().put("type", text ? "custom_tool_call" : "function_call");
        item.put("call_id", call.id());
        names.name(call.name(), item);
        if (text) {
            custom.add(call.id());
            item.put("input", TextTools.input(call.arguments()));
        } else {
            boolean none = call.arguments().isBlank() && !call.origin().in(OWN);
            item.put("arguments", none ? "{}" : call.arguments());
        }
        call.origin().rest(OWN, item, losses);
    }

    private void message(String role, String text, Turn turn, List<Part> parts) {
        JsonNode content = content(parts, text, turn.plain(), turn.origin().in(OWN));
        if (!content.isEmpty() || content.isTextual() || turn.parts().isEmpty()) {
            ObjectNode item = items.addObject().put("type", "message").put("role", role);
            item.set("content", content);
            turn.origin().rest(OWN, item, losses);
        }
    }

    /** One text is a string, unless it was a part. */
    private JsonNode content(List<Part> parts, String text, boolean plain, boolean own) {
        ArrayNode content = new PartsWriter(new ResponsesParts(text), losses).write(parts);
        if (content.isEmpty() && plain) {
            return items.textNode("");
        }
        return (plain || !own) && Contents.isText(content, text)
                ? content.get(0).path("text")
                : content;
    }
}
