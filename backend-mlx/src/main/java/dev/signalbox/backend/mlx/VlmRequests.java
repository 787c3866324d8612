package dev.signalbox.backend.mlx;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.backend.http.Edits;
import dev.signalbox.spi.RequestView;
import java.util.List;

/** What mlx-vlm does not know as clients send it. */
final class VlmRequests {

    private VlmRequests() {}

    /** Of the two names for the limit it knows the older one, and ignores the other without a word. */
    static List<Edit> edits(RequestView request) {
        return request.dialect().equals(Dialect.OPENAI_CHAT)
                ? Edits.renamed(request, "max_completion_tokens", "max_tokens")
                : List.of();
    }
}
