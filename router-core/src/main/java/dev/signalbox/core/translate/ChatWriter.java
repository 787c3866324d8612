package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Says chats in one dialect. Stateless. What is said first is written the same whatever follows it. */
public interface ChatWriter {

    /**
     * The chat in that dialect, but for the model; the conversation comes last.
     *
     * @param losses learns of everything that the dialect has no words for
     */
    ObjectNode write(Chat chat, Manner manner, Losses losses);
}
