package dev.signalbox.core.translate;

import dev.signalbox.api.Dialect;

/** What one dialect brings to be translated from and to. Stateless. */
public interface Language {

    /** Which one. */
    Dialect dialect();

    /** Reads its requests. */
    ChatReader chats();

    /** Says chats in it. */
    ChatWriter chatWriter();

    /** Reads a reply that is about to come. */
    AnswerReader answers();

    /**
     * Tells an answer that is about to come.
     *
     * @param asked what the client asked, in this dialect
     */
    AnswerWriter answerWriter(Chat asked, AnswerFacts facts);
}
