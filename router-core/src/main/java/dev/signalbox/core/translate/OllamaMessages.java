package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.core.translate.Turn.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes the messages of one request in Ollama's words: a text each, images beside it. One thread uses it. */
final class OllamaMessages {

    private static final Dialect OWN = Dialect.OLLAMA_CHAT;

    private final ArrayNode messages;
    private final Manner manner;
    private final Losses losses;
    private final Map<String, String> tools = new HashMap<>(); // names, by the ids of calls
    private boolean begun; // somebody else than the system has spoken

    OllamaMessages(ArrayNode messages, Manner manner, Losses losses) {
        this.messages = messages;
        this.manner = manner;
        this.losses = losses;
    }

    void write(List<Turn> turns) {
        turns.forEach(this::write);
    }

    private void write(Turn turn) {
        begun |= !turn.role().instructs();
        switch (turn.role()) {
            case SYSTEM, DEVELOPER -> message(instructing(), turn, turn.parts());
            case ASSISTANT -> message("assistant", turn, turn.parts());
            case USER, TOOL -> heard(turn);
        }
    }

    private String instructing() {
        return begun && manner.midSystem() == Manner.MidSystem.USER ? "user" : "system";
    }

    /** Results go first: whoever called waits for them. */
    private void heard(Turn turn) {
        List<Part> said = new ArrayList<>();
        for (Part part : turn.parts()) {
            switch (part) {
                case Part.ToolResult result -> result(result);
                case Part.Foreign foreign when turn.role() == Role.TOOL -> lose(foreign);
                default -> said.add(part);
            }
        }
        if (!said.isEmpty() || turn.parts().isEmpty()) {
            message("user", turn, said);
        } else {
            turn.origin().rest(OWN, messages.objectNode(), losses);
        }
    }

    private void result(Part.ToolResult result) {
        ObjectNode message = messages.addObject().put("role", "tool");
        String text = text(result.parts());
        boolean failed = result.error().orElse(false) && !text.regionMatches(true, 0, "error", 0, 5);
        message.put("content", failed ? "Error: " + text : text); // there is no other way to say it
        OllamaImages.write(result.parts(), message, losses);
        String name = result.name().isEmpty() ? tools.getOrDefault(result.id(), "") : result.name();
        if (!name.isEmpty()) {
            message.put("tool_name", name);
        }
        if (!result.id().isEmpty()) {
            message.put("tool_call_id", result.id());
        }
        result.origin().rest(OWN, message, losses);
    }

    private void message(String role, Turn turn, List<Part> parts) {
        ObjectNode message = messages.objectNode().put("role", role);
        message.put("content", text(parts));
        OllamaImages.write(parts, message, losses);
        StringBuilder thought = new StringBuilder();
        ArrayNode calls = message.arrayNode();
        for (Part part : parts) {
            switch (part) {
                case Part.Thinking thinking -> think(thinking, thought);
                case Part.ToolCall call -> call(call, calls.addObject());
                default -> {} // is said, or lost, with the text
            }
        }
        if (!thought.isEmpty()) {
            message.put("thinking", thought.toString());
        }
        if (!calls.isEmpty()) {
            message.set("tool_calls", calls);
        }
        turn.origin().rest(OWN, message, losses);
        boolean saysMore = message.size() > 2 || parts.isEmpty();
        if (saysMore || turn.role() != Role.ASSISTANT || !parts.stream().allMatch(OllamaMessages::isLost)) {
            messages.add(message);
        }
    }

    /** Nothing is left of what only a server of the other dialect does by itself. */
    private static boolean isLost(Part part) {
        return part instanceof Part.Foreign || part instanceof Part.Redacted;
    }

    private void think(Part.Thinking thinking, StringBuilder thought) {
        thought.append(thought.isEmpty() ? "" : "\n").append(thinking.text());
        if (!thinking.signature().isEmpty()) {
            losses.lose("signature", thinking.origin().pointer("signature"));
        }
        thinking.origin().lose(losses);
    }

    private void call(Part.ToolCall call, ObjectNode said) {
        if (!call.id().isEmpty()) {
            said.put("id", call.id());
            tools.put(call.id(), call.name());
        }
        said.putObject("function").put("name", call.name()).set("arguments", AnthropicBlocks.input(call.arguments()));
        call.origin().rest(OWN, said, losses);
    }

    /** All words, one after the other; what has no words here is lost. */
    private String text(List<Part> parts) {
        List<String> words = new ArrayList<>(parts.size());
        for (Part part : parts) {
            switch (part) {
                case Part.Text text -> say(text.text(), text.origin(), words);
                case Part.Refusal refusal -> say(refusal.text(), refusal.origin(), words);
                case Part.Document document -> document(document, words);
                case Part.Redacted redacted ->
                    losses.lose("reasoning", redacted.origin().pointer());
                case Part.File file -> losses.lose("file", file.origin().pointer());
                case Part.Foreign foreign -> lose(foreign);
                default -> {} // stands beside the words
            }
        }
        return String.join("\n", words);
    }

    /** None is Ollama's own. */
    private void lose(Part.Foreign foreign) {
        losses.lose(foreign.kind(), foreign.origin().pointer());
    }

    private void say(String text, Origin origin, List<String> words) {
        words.add(text);
        origin.lose(losses);
    }

    private void document(Part.Document document, List<String> words) {
        if (document.media() instanceof Media.Words text) {
            say(document.titled(text), document.origin(), words);
        } else {
            losses.lose("document", document.origin().pointer());
        }
    }
}
