package dev.signalbox.backend.ollama;

import dev.signalbox.api.Edit;
import dev.signalbox.backend.http.Edits;
import dev.signalbox.spi.RequestView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a request of Anthropic's API needs before Ollama takes it: Ollama ignores {@code tool_choice} without a word. */
final class MessagesEdits {

    private static final Pattern AUTO = Pattern.compile("\\{\\s*\"type\"\\s*:\\s*\"auto\"\\s*}");
    private static final String TYPE = "/tool_choice/type";

    private MessagesEdits() {}

    static List<Edit> of(RequestView request) {
        List<Edit> edits = new ArrayList<>(Edits.withoutNulls(request));
        Optional<String> choice = request.raw("/tool_choice").filter(value -> !value.equals("null"));
        if (choice.isEmpty() || AUTO.matcher(choice.get()).matches()) {
            return edits;
        }
        if (request.raw(TYPE).filter("\"none\""::equals).isPresent()) {
            edits.add(Edit.remove("/tool_choice")); // without tools none is called
            request.raw("/tools").ifPresent(tools -> edits.add(Edit.remove("/tools")));
        } else {
            edits.add(Edit.remove("/tool_choice").dropping("tool_choice"));
        }
        return edits;
    }
}
