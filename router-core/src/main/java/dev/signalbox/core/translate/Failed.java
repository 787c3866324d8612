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
        String first = !said.isEmpty() && said.getFirst() instanceof Part.Text text ? text.text() : "";
        if (said.isEmpty()) {
            said.add(new Part.Text("Error", result.origin()));
        } else if (!first.regionMatches(true, 0, "error", 0, 5)) {
            said.set(0, new Part.Text("Error: " + first, said.getFirst().origin()));
        }
        return said;
    }
}
