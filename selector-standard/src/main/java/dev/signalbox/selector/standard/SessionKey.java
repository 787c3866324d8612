package dev.signalbox.selector.standard;

import dev.signalbox.spi.RequestView;
import dev.signalbox.spi.RequestView.Message;

/** What tells which requests belong together. */
final class SessionKey {

    private SessionKey() {}

    /** The session's or the user's name; else the conversation's beginning, which later requests repeat. */
    static long of(RequestView request) {
        return request.session().isEmpty() ? beginning(request) : Mixed.of(request.session());
    }

    /** Texts remember their hash, so that asking again costs nothing however long they are. */
    private static long beginning(RequestView request) {
        long key = 0;
        for (Message message : request.messages()) {
            key = Mixed.of(31 * key + message.text().hashCode());
            if (message.role().equals("user")) {
                break;
            }
        }
        return key;
    }
}
