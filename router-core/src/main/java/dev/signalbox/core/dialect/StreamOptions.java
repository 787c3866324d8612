package dev.signalbox.core.dialect;

import dev.signalbox.api.Edit;
import dev.signalbox.core.json.JsonIndex.Kind;
import java.util.List;
import java.util.Optional;

/** The member {@code stream_options}, by which two dialects of OpenAI let a stream report its tokens. */
final class StreamOptions {

    private static final String NAME = "stream_options";
    private static final String USAGE = "include_usage";

    private StreamOptions() {}

    static boolean askUsage(Facts facts) {
        return !facts.streamed() || facts.tree(NAME).path(USAGE).asBoolean();
    }

    static List<Edit> usageEdits(Facts facts) {
        return askUsage(facts) ? List.of() : List.of(edit(facts));
    }

    private static Edit edit(Facts facts) {
        Optional<Kind> kind = facts.index().member(NAME).map(member -> member.kind());
        if (kind.isEmpty()) {
            return Edit.insert("/" + NAME, "{\"include_usage\":true}");
        }
        if (kind.get() != Kind.OBJECT) {
            return Edit.replace("/" + NAME, "{\"include_usage\":true}");
        }
        String pointer = "/" + NAME + "/" + USAGE;
        return facts.tree(NAME).has(USAGE) ? Edit.replace(pointer, "true") : Edit.insert(pointer, "true");
    }
}
