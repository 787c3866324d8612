package dev.signalbox.core.translate;

/** What one dialect brings to be translated from and to. Stateless. */
public interface Language extends Asking {

    /** Says chats in it. */
    ChatWriter chatWriter();

    /** Reads a reply that is about to come. */
    AnswerReader answers();
}
