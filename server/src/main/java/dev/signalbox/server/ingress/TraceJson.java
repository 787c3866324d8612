package dev.signalbox.server.ingress;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.RouteTrace.Ruled;
import dev.signalbox.api.RouteTrace.Standing;
import dev.signalbox.api.RouteTrace.Step;
import java.util.List;

/** A trace as JSON. */
final class TraceJson {

    private TraceJson() {}

    static ObjectNode of(RouteTrace trace) {
        ObjectNode json = brief(trace);
        ArrayNode rules = json.putArray("rules");
        trace.rules().forEach(rule -> rules.add(rule(rule)));
        ArrayNode chain = json.putArray("chain");
        trace.chain().forEach(standing -> chain.add(standing(standing)));
        ArrayNode steps = json.putArray("steps");
        trace.steps().forEach(step -> steps.add(step(step)));
        texts(json, "edits", trace.edits());
        texts(json, "dropped", trace.dropped());
        texts(json, "notes", trace.notes());
        trace.problem().ifPresent(problem -> json.set("problem", problem(problem)));
        return json;
    }

    /** What a list of traces tells of each. */
    static ObjectNode brief(RouteTrace trace) {
        ObjectNode json = Json.object()
                .put("id", trace.id())
                .put("at", trace.at().toString())
                .put("dialect", trace.dialect().id())
                .put("caller", trace.caller())
                .put("model", trace.model())
                .put("chosen_by", trace.chosenBy())
                .put("profile", trace.profile());
        trace.target().ifPresent(target -> json.put("target", target.toString()));
        trace.outcome().ifPresent(outcome -> json.put("outcome", outcome.id()));
        return json.put("took_ms", trace.took().toMillis());
    }

    private static ObjectNode rule(Ruled rule) {
        return Json.object().put("rule", rule.name()).put("held", rule.held()).put("why", rule.why());
    }

    private static ObjectNode standing(Standing standing) {
        ObjectNode json =
                Json.object().put("target", standing.target().toString()).put("verdict", standing.verdict());
        if (!standing.by().isEmpty()) {
            json.put("by", standing.by()).put("reason", standing.reason());
        }
        texts(json, "full", standing.full());
        texts(json, "edits", standing.edits());
        return json;
    }

    private static ObjectNode step(Step step) {
        ObjectNode json = Json.object().put("target", step.target().toString()).put("what", step.what());
        if (!step.by().isEmpty()) {
            json.put("by", step.by());
        }
        if (!step.reason().isEmpty()) {
            json.put("reason", step.reason());
        }
        return json.put("after_ms", step.after().toMillis());
    }

    private static ObjectNode problem(Problem problem) {
        return Json.object()
                .put("status", problem.status())
                .put("code", problem.code())
                .put("message", problem.message());
    }

    private static void texts(ObjectNode json, String name, List<String> texts) {
        if (!texts.isEmpty()) {
            ArrayNode array = json.putArray(name);
            texts.forEach(array::add);
        }
    }
}
