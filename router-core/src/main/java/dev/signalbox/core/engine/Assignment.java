package dev.signalbox.core.engine;

import dev.signalbox.api.Edit;
import dev.signalbox.api.RouteTrace.Ruled;
import dev.signalbox.core.config.Use;
import java.util.List;

/**
 * Who is to do a task, and in what words.
 *
 * @param by what decided, for the trace
 * @param use where the role leads; nothing if no role is for such tasks
 * @param rules the rules about urgency that were asked
 * @param edits what is said otherwise than the client said it
 */
record Assignment(String by, List<Use> use, List<Ruled> rules, List<Edit> edits) {

    /** A request that is no task, or is one that nothing is configured about. */
    static final Assignment NONE = new Assignment("", List.of(), List.of(), List.of());
}
