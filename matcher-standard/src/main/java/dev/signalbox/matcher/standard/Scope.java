package dev.signalbox.matcher.standard;

import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.RequestView;
import dev.signalbox.spi.RequestView.Message;

/** Which part of a conversation a matcher looks at. */
enum Scope {
    /** The last message of role {@code user}, without what tools answered after it. */
    LAST_USER_MESSAGE,
    /** All messages, the system prompt included. */
    WHOLE_CONVERSATION;

    static final Option<Scope> OPTION = Option.choice("in", Scope.class)
            .orElse(LAST_USER_MESSAGE)
            .doc("Where to look: at the last message of the user, or at all messages with the system prompt.");

    /** Whether two arguments look at the same part. */
    static boolean same(PluginConfig one, PluginConfig other) {
        return one.get(OPTION) == other.get(OPTION);
    }

    String text(RequestView request) {
        return this == WHOLE_CONVERSATION ? request.wholeText() : request.lastUserText();
    }

    int images(RequestView request) {
        return this == WHOLE_CONVERSATION ? request.images() : imagesOfLastUser(request);
    }

    private static int imagesOfLastUser(RequestView request) {
        if (request.images() == 0) {
            return 0; // without reading the conversation
        }
        for (Message message : request.messages().reversed()) {
            if (message.role().equals("user")) {
                return message.images();
            }
        }
        return 0;
    }
}
