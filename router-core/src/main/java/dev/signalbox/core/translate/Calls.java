package dev.signalbox.core.translate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Names calls and results that have no id, for dialects that want one: the same conversation gets the same names. */
final class Calls {

    private final Deque<Part.ToolCall> unanswered = new ArrayDeque<>();
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
        }
        return numbered;
    }

    private Part numbered(Part part) {
        return switch (part) {
            case Part.ToolCall call when call.id().isEmpty() -> called(call);
            case Part.ToolResult result when result.id().isEmpty() -> answered(result);
            default -> part;
        };
    }

    private Part called(Part.ToolCall call) {
        Part.ToolCall known = new Part.ToolCall("call_" + ++named, call.name(), call.arguments(), call.origin());
        unanswered.add(known);
        return known;
    }

    /** A result belongs to the first call of its tool that has none yet, else to the first call of all. */
    private Part answered(Part.ToolResult result) {
        Part.ToolCall call = unanswered.stream()
                .filter(each -> each.name().equals(result.name()))
                .findFirst()
                .or(() -> unanswered.stream().findFirst())
                .orElseGet(() -> new Part.ToolCall("call_" + Math.max(1, named), result.name(), "", result.origin()));
        unanswered.remove(call);
        return new Part.ToolResult(
                call.id(), result.name(), result.parts(), result.plain(), result.error(), result.origin());
    }
}
