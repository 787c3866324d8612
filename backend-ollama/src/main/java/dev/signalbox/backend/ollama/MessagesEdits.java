package dev.signalbox.backend.ollama;

import dev.signalbox.api.Edit;
import dev.signalbox.backend.http.Edits;
import dev.signalbox.backend.http.KnownBlocks;
import dev.signalbox.backend.http.MessageEdits;
import dev.signalbox.spi.RequestView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a request of Anthropic's API needs before Ollama takes it: Ollama ignores {@code tool_choice} without a word, and so it
 * does with blocks that it does not know, unless it stumbles over one of their members.
 */
final class MessagesEdits {

    private static final Pattern AUTO = Pattern.compile("\\{\\s*\"type\"\\s*:\\s*\"auto\"\\s*}");

    private static final KnownBlocks BLOCKS = KnownBlocks.of(
            Set.of("text", "image", "tool_use", "tool_result", "thinking", "server_tool_use", "web_search_tool_result"),
            Set.of("text", "image"));

    private MessagesEdits() {}

    static List<Edit> of(RequestView request) {
        List<Edit> edits = new ArrayList<>(Edits.withoutNulls(request));
        edits.addAll(MessageEdits.of(request).only(BLOCKS));
        Optional<String> choice = request.raw("/tool_choice").filter(value -> !value.equals("null"));
        if (choice.isEmpty() || AUTO.matcher(choice.get()).matches()) {
            return edits;
        }
        List<Edit> uncalled = Edits.uncalledTools(request);
        edits.addAll(uncalled.isEmpty() ? List.of(Edit.remove("/tool_choice").dropping("tool_choice")) : uncalled);
        return edits;
    }
}
