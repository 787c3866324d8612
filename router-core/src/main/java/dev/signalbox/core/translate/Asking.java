package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Dialect;
import java.util.Set;

/** What one dialect brings to be translated from: how clients ask in it, and how they are answered. Stateless. */
public interface Asking {

    /** Which one. */
    Dialect dialect();

    /**
     * The names of what in a request changes nothing of its answer, such as where a cache keeps the beginning: where another
     * dialect has no word for it, nothing is lost. A member of a member has a dot in its name.
     */
    Set<String> hints(JsonNode request);

    /** Reads its requests. */
    ChatReader chats();

    /**
     * Tells an answer that is about to come.
     *
     * @param asked what the client asked, in this dialect
     */
    AnswerWriter answerWriter(Chat asked, AnswerFacts facts);
}
