package dev.signalbox.core.dialect;

import dev.signalbox.spi.RequestView.Message;
import dev.signalbox.spi.RequestView.ToolCall;
import java.util.List;

/** What is said in a request, and what is made of it at the first question. Any thread may ask. */
final class Said {

    private static final int AN_OBJECT = 64; // with the place it has in a list

    private final Conversation conversation;
    private final Lazy<List<Message>> messages = new Lazy<>(this::read);
    private final Lazy<String> wholeText = new Lazy<>(this::joined);

    Said(Conversation conversation) {
        this.conversation = conversation;
    }

    Conversation conversation() {
        return conversation;
    }

    List<Message> messages() {
        return messages.get();
    }

    String wholeText() {
        return wholeText.get();
    }

    /** A conversation of one message is as long as that, and is not copied. */
    private String joined() {
        return Texts.whole(conversation.utterances());
    }

    private List<Message> read() {
        return conversation.utterances().stream().map(Utterance::message).toList();
    }

    /** About how many bytes of memory it takes, the whole text included, at most. */
    long size() {
        long size = AN_OBJECT;
        int copies = conversation.utterances().size() == 1 ? 1 : 2;
        for (Utterance each : conversation.utterances()) {
            size += 2 * AN_OBJECT + 2L * copies * each.length();
        }
        for (ToolCall call : conversation.calls()) {
            size += AN_OBJECT + 2L * (call.name().length() + call.arguments().length());
        }
        for (String pointer : conversation.images()) {
            size += AN_OBJECT + pointer.length();
        }
        for (String pointer : conversation.laterSystems()) {
            size += AN_OBJECT + pointer.length();
        }
        for (String pointer : conversation.sounds()) {
            size += AN_OBJECT + pointer.length();
        }
        return size;
    }
}
