package dev.signalbox.core.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.frame.Frame;
import java.util.Optional;

/** Finds the errors that servers tell inside an answer of status 200. */
final class ReplyErrors {

    private ReplyErrors() {}

    /** Whether a document is an error, in any of the envelopes that runtimes use. */
    static boolean in(JsonNode document) {
        return Truth.of(document.path("error"))
                || document.path("object").asText("").equals("error")
                || document.path("type").asText("").equals("error")
                || document.path("type").asText("").equals("response.failed");
    }

    /** Whether the frame is named an error. */
    static boolean named(Frame frame) {
        return frame.event().filter(name -> name.equals("error")).isPresent();
    }

    /**
     * Bare text in a frame without data, as a proxy leaves it there that lost its server: {@code proxy error: …}. A
     * line that any reader of server-sent events would take for a field is none.
     */
    static Optional<String> bare(Frame frame) {
        String text = new String(frame.raw(), UTF_8).strip();
        boolean field = text.isEmpty() || text.lines().allMatch(ReplyErrors::looksLikeField);
        return field ? Optional.empty() : Optional.of(text);
    }

    private static boolean looksLikeField(String line) {
        int colon = line.indexOf(':');
        String name = colon < 0 ? line : line.substring(0, colon);
        return name.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '-' || c == '_');
    }
}
