package dev.signalbox.core.dialect;

import dev.signalbox.api.Body;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.core.body.Spool;
import java.io.IOException;
import java.util.List;

/**
 * A request said in another dialect than the client's.
 *
 * @param dialect that dialect
 * @param body the request in it, which does not name a model yet
 * @param losses what the other dialect has no words for: edits that took it out of the client's request
 * @param answer how the answer is told to the client
 */
public record Translated(Dialect dialect, Body body, List<Edit> losses, Retelling.Beginning answer) {

    /** The same with its body where that can stay for longer. */
    Translated held(Spool spool) throws IOException {
        return new Translated(dialect, spool.hold(body), losses, answer);
    }
}
