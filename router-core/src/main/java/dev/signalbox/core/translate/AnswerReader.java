package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.frame.Frame;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads one reply of one dialect, which is no error. One thread uses it. */
public interface AnswerReader {

    /** What a frame tells, at once; nothing if it is an end mark or no JSON. */
    void frame(Frame frame, Consumer<? super AnswerEvent> told);

    /** Why the rest cannot be understood, whatever comes from now on; empty as long as it can. */
    default Optional<String> failure() {
        return Optional.empty();
    }

    /**
     * What an answer tells that is not streamed.
     *
     * @throws IOException if it is not what the dialect promises
     */
    void whole(JsonNode reply, Consumer<? super AnswerEvent> told) throws IOException;
}
