package dev.signalbox.core.translate;

import java.util.ArrayList;
import java.util.List;

/** Tools that failed, in dialects that have no word for it. */
final class Failed {

    private Failed() {}

    /** The content of a result; that its tool failed is said in words. */
    static List<Part> inWords(Part.ToolResult result, List<Part> words) {
        if (!result.error().orElse(false)) {
            return words;
        }
        List<Part> said = new ArrayList<>(words);
        if (said.isEmpty() || !(said.getFirst() instanceof Part.Text first)) {
            said.addFirst(new Part.Text("Error", result.origin()));
        } else if (!first.text().regionMatches(true, 0, "error", 0, 5)) {
            said.set(0, new Part.Text("Error: " + first.text(), first.origin()));
        }
        return said;
    }
}
