package dev.signalbox.core.translate;

import dev.signalbox.api.Dialect;

/** What one dialect brings to be translated from: how clients ask in it, and how they are answered. Stateless. */
public interface Asking {

    /** Which one. */
    Dialect dialect();

    /** Reads its requests. */
    ChatReader chats();

    /**
     * Tells an answer that is about to come.
     *
     * @param asked what the client asked, in this dialect
     */
    AnswerWriter answerWriter(Chat asked, AnswerFacts facts);
}
