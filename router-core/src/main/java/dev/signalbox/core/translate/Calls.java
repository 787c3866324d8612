package dev.signalbox.core.translate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names calls and results that have no id, for dialects that want one: the same conversation gets the same names. */
final class Calls {

    private final Map<String, Part.ToolCall> unanswered = new LinkedHashMap<>(); // by their ids
    private final Set<String> taken = new HashSet<>(); // ids that were there until now
    private int named;

    private Calls() {}

    /** The same turns, with an id for each call and result. */
    static List<Turn> numbered(List<Turn> turns) {
        Calls calls = new Calls();
        List<Turn> numbered = new ArrayList<>(turns.size());
        for (Turn turn : turns) {
            List<Part> parts = new ArrayList<>(turn.parts().size());
            turn.parts().forEach(part -> parts.add(calls.numbered(part)));
            numbered.add(new Turn(turn.role(), parts, turn.plain(), turn.origin()));
            if (turn.role() == Turn.Role.USER) {
                calls.unanswered.clear(); // who speaks again waits for nothing that was called before
            }
        }
        return numbered;
    }

    private Part numbered(Part part) {
        return switch (part) {
            case Part.ToolCall call -> called(call);
            case Part.ToolResult result -> answered(result);
            default -> part;
        };
    }

    private Part called(Part.ToolCall call) {
        Part.ToolCall known =
                call.id().isEmpty() ? new Part.ToolCall(next(), call.name(), call.arguments(), call.origin()) : call;
        taken.add(known.id());
        unanswered.put(known.id(), known);
        return known;
    }

    private String next() {
        do {
            named++;
        } while (taken.contains("call_" + named));
        return "call_" + named;
    }

    /** A result without an id belongs to the first call of its tool that has none yet, else to the first call of all. */
    private Part answered(Part.ToolResult result) {
        if (!result.id().isEmpty()) {
            unanswered.remove(result.id());
            return result;
        }
        Part.ToolCall call = unanswered.values().stream()
                .filter(each -> each.name().equals(result.name()))
                .findFirst()
                .or(() -> unanswered.values().stream().findFirst())
                .orElseGet(() -> new Part.ToolCall("call_" + Math.max(1, named), result.name(), "", result.origin()));
        unanswered.remove(call.id());
        return new Part.ToolResult(
                call.id(), result.name(), result.parts(), result.plain(), result.error(), result.origin());
    }
}
