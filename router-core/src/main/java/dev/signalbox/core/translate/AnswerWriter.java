package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.frame.Frame;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells one answer in one dialect: either as it comes, or as a whole. One thread uses it. */
public interface AnswerWriter {

    /** What the client hears of an event, at once if the dialect allows it. */
    void tell(AnswerEvent event, Consumer<? super Frame> out);

    /** Why the client cannot hear the rest, whatever is told from now on; empty as long as it can. */
    default Optional<String> failure() {
        return Optional.empty();
    }

    /** What the client hears last of an answer that is complete. */
    void end(Consumer<? super Frame> out);

    /** The whole answer. */
    JsonNode whole(Answer answer);
}
