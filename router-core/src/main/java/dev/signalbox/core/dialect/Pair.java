package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.core.translate.Manner;
import java.io.IOException;

/** Two dialects, of which requests in the one can be said in the other, and answers to them told back. Stateless. */
interface Pair {

    /** What the client speaks. */
    Dialect from();

    /** What the backend speaks. */
    Dialect to();

    /**
     * The request in the other dialect, but for the model.
     *
     * @param manner how the target wants it to be said
     * @throws BadRequest if it has a value that means nothing
     */
    Translated translate(ObjectNode said, Manner manner) throws BadRequest, IOException;
}
