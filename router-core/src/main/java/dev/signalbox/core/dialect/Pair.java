package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import java.util.List;

/** Two dialects, of which requests in the one can be said in the other, and answers to them told back. Stateless. */
interface Pair {

    /** What the client speaks. */
    Dialect from();

    /** What the backend speaks. */
    Dialect to();

    /** The edits that take out, and say so, what the other dialect has no words for. */
    List<Edit> losses(ParsedRequest request);

    /** The request in the other dialect, but for the model. */
    ObjectNode request(ObjectNode said);

    /** How answers to that request are told. */
    Retelling.Beginning answer(ObjectNode said);
}
