package dev.signalbox.core.dialect;

import dev.signalbox.api.Usage;
import dev.signalbox.api.frame.Frame;
import dev.signalbox.core.translate.AnswerFacts;
import java.io.IOException;
import java.util.Optional;

/** Tells one reply in the client's dialect, as it comes. One for each reply; one thread uses it. */
public interface Retelling {

    /** What the client gets for one frame of the backend's: whole frames, or nothing. */
    byte[] frame(Frame frame);

    /** Why the client cannot be told the rest of it; empty as long as it can. */
    default Optional<String> failure() {
        return Optional.empty();
    }

    /** What the client gets last, once the model has finished: the dialect's end. */
    byte[] end(Optional<Usage> usage);

    /**
     * What the client gets for a reply that is not streamed.
     *
     * @throws IOException if it is not what the backend's dialect promises
     */
    byte[] whole(byte[] reply, Optional<Usage> usage) throws IOException;

    /** Where the retelling of an answer begins: what is known of it beside its bytes. */
    @FunctionalInterface
    interface Beginning {

        /** The retelling of that answer. */
        Retelling of(AnswerFacts facts);
    }
}
