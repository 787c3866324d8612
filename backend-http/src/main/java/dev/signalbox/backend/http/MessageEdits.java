package dev.signalbox.backend.http;

import dev.signalbox.api.Edit;
import dev.signalbox.api.JsonText;
import dev.signalbox.spi.RequestView;
import dev.signalbox.spi.RequestView.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Edits inside the messages of a chat. The messages are looked at as text first, so that a conversation in which there
 * is nothing to change costs next to nothing. For one thread.
 */
public final class MessageEdits {

    /** Beyond this the messages are read without their images first, and taken into memory only if that seems worth it. */
    private static final long LARGE = 1024L * 1024;

    private static final Pattern DEVELOPER = Pattern.compile("\"role\"\\s*+:\\s*+\"developer\"");
    private static final Pattern NULL_CONTENT = Pattern.compile("\"content\"\\s*+:\\s*+null");

    private final String messages;

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
        return each(DEVELOPER, Glance::developer, "role", "system");
    }

    /** Makes a {@code content} of {@code null} an empty text, but beside tool calls. */
    public List<Edit> emptyForNull() {
        return each(NULL_CONTENT, message -> message.empty() && !message.calls(), "content", "");
    }

    private List<Edit> each(Pattern sign, Predicate<Glance> wanted, String member, String text) {
        if (!sign.matcher(messages).find()) {
            return List.of();
        }
        List<Edit> edits = new ArrayList<>();
        try {
            Glance.at(messages, (message, index) -> {
                if (wanted.test(message)) {
                    edits.add(Edit.replace("/messages/%d/%s".formatted(index, member), JsonText.quote(text)));
                }
            });
            return edits;
        } catch (IOException odd) { // such as a number of a thousand digits: left as it is
            return List.of();
        }
    }
}
