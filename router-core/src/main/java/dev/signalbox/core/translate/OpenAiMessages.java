package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.core.translate.Turn.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Writes the messages of one request in OpenAI's words. One thread uses it. */
final class OpenAiMessages {

    private static final Dialect OWN = Dialect.OPENAI_CHAT;

    private final ArrayNode messages;
    private final Set<String> custom; // names of tools
    private final Manner manner;
    private final Losses losses;
    private boolean begun; // somebody else than the system has spoken

    OpenAiMessages(ArrayNode messages, Set<String> custom, Manner manner, Losses losses) {
        this.messages = messages;
        this.custom = custom;
        this.manner = manner;
        this.losses = losses;
    }

    void write(List<Turn> all) {
        List<Turn> turns = Calls.numbered(all);
        int begin = 0;
        while (begin < turns.size()) {
            int end = begin + 1;
            while (end < turns.size()
                    && turns.get(end - 1).onlyResults()
                    && turns.get(end).onlyResults()) {
                end++;
            }
            write(together(turns.subList(begin, end)));
            begin = end;
        }
    }

    /** The results of one message's calls stand behind it without anything between them, however the client told them. */
    private Turn together(List<Turn> turns) {
        Turn first = turns.getFirst();
        if (turns.size() == 1) {
            return first;
        }
        List<Part> results = new ArrayList<>();
        for (Turn turn : turns) {
            results.addAll(turn.parts());
            turn.origin().rest(OWN, messages.objectNode(), losses);
        }
        return new Turn(first.role(), results, first.plain(), first.origin());
    }

    private void write(Turn turn) {
        begun |= !turn.role().instructs();
        switch (turn.role()) {
            case SYSTEM, DEVELOPER -> message(instructing(turn.role()), turn, turn.parts());
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

    /** Results go first: whoever called waits for them. What a result cannot hold goes with what the user says next. */
    private void heard(Turn turn) {
        List<Part> said = new ArrayList<>();
        for (Part part : turn.parts()) {
            if (part instanceof Part.ToolResult result) {
                result(result, said);
            }
        }
        turn.parts().stream().filter(part -> !(part instanceof Part.ToolResult)).forEach(said::add);
        if (!said.isEmpty() || turn.parts().isEmpty()) {
            message("user", turn, said);
        } else {
            turn.origin().rest(OWN, messages.objectNode(), losses);
        }
    }

    private void result(Part.ToolResult result, List<Part> left) {
        List<Part> words = new ArrayList<>();
        for (Part part : result.parts()) {
            boolean word = part instanceof Part.Text || result.origin().in(OWN);
            (word ? words : left).add(part);
        }
        ObjectNode message = messages.addObject().put("role", "tool").put("tool_call_id", result.id());
        content(Failed.inWords(result, words), result.plain(), message, result.origin());
        if (!message.has("content")) {
            message.put("content", "");
        }
        result.origin().rest(OWN, message, losses);
    }

    private void assistant(Turn turn) {
        List<Part> words = new ArrayList<>();
        StringBuilder thought = new StringBuilder();
        ObjectNode message = messages.objectNode().put("role", "assistant");
        ArrayNode calls = messages.arrayNode();
        for (Part part : turn.parts()) {
            switch (part) {
                case Part.Thinking thinking -> think(thinking, thought);
                case Part.Refusal refusal
                when refusal.origin().pointer().endsWith("/refusal") -> message.put("refusal", refusal.text());
                case Part.ToolCall call -> call(call, calls.addObject());
                case Part.Foreign foreign
                when foreign.origin().in(OWN) && foreign.kind().startsWith("tool_calls.") -> calls.add(foreign.whole());
                default -> words.add(part);
            }
        }
        if (!thought.isEmpty()) {
            message.put("reasoning_content", thought.toString());
        }
        content(words, turn.plain(), message, turn.origin());
        if (!calls.isEmpty()) {
            message.set("tool_calls", calls);
        }
        add(turn, message);
    }

    private void think(Part.Thinking thinking, StringBuilder thought) {
        thought.append(thought.isEmpty() ? "" : "\n").append(thinking.text());
        if (!thinking.signature().isEmpty()) {
            losses.lose("signature", thinking.origin().pointer("signature"));
        }
        thinking.origin().lose(losses);
    }

    private void call(Part.ToolCall call, ObjectNode said) {
        said.put("id", call.id());
        if (custom.contains(call.name())) {
            ObjectNode text = said.put("type", TextTools.TYPE).putObject(TextTools.TYPE);
            text.put("name", call.name()).put("input", TextTools.input(call.arguments()));
        } else {
            function(call, said.put("type", "function"));
        }
        call.origin().rest(OWN, said, losses);
    }

    private static void function(Part.ToolCall call, ObjectNode said) {
        said.putObject("function")
                .put("name", call.name())
                .put("arguments", call.arguments().isBlank() && !call.origin().in(OWN) ? "{}" : call.arguments());
    }

    private void message(String role, Turn turn, List<Part> parts) {
        ObjectNode message = messages.objectNode().put("role", role);
        content(parts, turn.plain(), message, turn.origin());
        add(turn, message);
    }

    /** A message of which nothing is left is none, unless there never was anything in it. */
    private void add(Turn turn, ObjectNode message) {
        boolean empty = message.size() == 1;
        if (!empty || turn.parts().isEmpty()) {
            turn.origin().rest(OWN, message, losses);
            messages.add(message);
        }
    }

    /** One text is a string: every server knows those. */
    private void content(List<Part> parts, boolean plain, ObjectNode message, Origin from) {
        boolean own = from.in(OWN);
        ArrayNode said = new PartsWriter(new OpenAiParts(), losses).write(parts);
        if ((plain || !own) && Contents.isText(said, "text")) {
            message.set("content", said.get(0).path("text"));
        } else if (!said.isEmpty() || (!plain && own)) {
            message.set("content", said);
        }
    }
}
