package dev.signalbox.backend.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.signalbox.api.Edit;
import dev.signalbox.spi.RequestView;
import dev.signalbox.spi.RequestView.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/**
 * Edits inside the messages of a chat. The messages are looked at as text first, so that a conversation in which there
 * is nothing to change costs next to nothing. For one thread.
 */
public final class MessageEdits {

    /** An image is a long string. */
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build());

    /** Beyond this the messages are read without their images first, and taken into memory only if that seems worth it. */
    private static final long LARGE = 1024L * 1024;

    private static final Pattern DEVELOPER = Pattern.compile("\"role\"\\s*+:\\s*+\"developer\"");
    private static final Pattern NULL_CONTENT = Pattern.compile("\"content\"\\s*+:\\s*+null");

    private final String messages;
    private Optional<JsonNode> read = Optional.empty();

    private MessageEdits(String messages) {
        this.messages = messages;
    }

    /** Edits for the member {@code messages}. */
    public static MessageEdits of(RequestView request) {
        boolean looksWorthIt =
                request.size() <= LARGE || request.messages().stream().anyMatch(MessageEdits::maybe);
        return new MessageEdits(looksWorthIt ? request.raw("/messages").orElse("") : "");
    }

    private static boolean maybe(Message message) {
        return message.role().equals("developer") || (message.text().isEmpty() && message.images() == 0);
    }

    /** Calls the role {@code developer} by its older name {@code system}, which is all that most chat templates know. */
    public List<Edit> developerAsSystem() {
        return each(
                DEVELOPER,
                (pointer, message) -> message.path("role").asText().equals("developer")
                        ? Optional.of(Edit.replace(pointer + "/role", "\"system\""))
                        : Optional.empty());
    }

    /** Makes a {@code content} of {@code null} an empty text, but beside tool calls. */
    public List<Edit> emptyForNull() {
        return each(
                NULL_CONTENT,
                (pointer, message) -> message.path("content").isNull()
                                && message.path("tool_calls").isEmpty()
                        ? Optional.of(Edit.replace(pointer + "/content", "\"\""))
                        : Optional.empty());
    }

    private List<Edit> each(Pattern sign, BiFunction<String, JsonNode, Optional<Edit>> edit) {
        if (!sign.matcher(messages).find()) {
            return List.of();
        }
        List<Edit> edits = new ArrayList<>();
        int index = 0;
        for (JsonNode message : tree()) {
            edit.apply("/messages/" + index++, message).ifPresent(edits::add);
        }
        return edits;
    }

    private JsonNode tree() {
        if (read.isEmpty()) {
            try {
                read = Optional.of(JSON.readTree(messages));
            } catch (JsonProcessingException odd) {
                read = Optional.of(MissingNode.getInstance()); // such as a number of a thousand digits: left as it is
            }
        }
        return read.orElseThrow();
    }
}
