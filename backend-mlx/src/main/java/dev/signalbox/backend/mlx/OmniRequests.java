package dev.signalbox.backend.mlx;

import dev.signalbox.api.Edit;
import dev.signalbox.backend.http.Edits;
import dev.signalbox.spi.RequestView;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What mlx-omni-server cannot take. */
final class OmniRequests {

    private static final Pattern TOOL = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

    private OmniRequests() {}

    /** It would download a model that drafts for another. */
    static List<Edit> edits(RequestView request) {
        return Edits.isNull(request, "draft_model") ? List.of() : Edits.without(request, "draft_model");
    }

    /** A tool of another name would have to be found again in the answer. */
    static Optional<String> refusal(RequestView request) {
        return request.tools().stream()
                .filter(name -> !TOOL.matcher(name).matches())
                .findFirst()
                .map(name -> "mlx-omni-server takes no tool named \"%s\": letters, digits, _ and - only, 64 at most"
                        .formatted(name.length() <= 100 ? name : name.substring(0, 100) + "…"));
    }
}
