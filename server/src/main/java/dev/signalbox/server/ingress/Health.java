package dev.signalbox.server.ingress;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.BackendState;
import dev.signalbox.api.TargetReport;
import dev.signalbox.spi.RouterEvent;
import dev.signalbox.spi.Routing;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Whether the server lives, and whether it can answer anything. */
final class Health {

    /** More is for listeners. */
    private static final int CHANGES = 20;

    private final Routing routing;
    private final Operators operators;

    Health(Routing routing, Operators operators) {
        this.routing = routing;
        this.operators = operators;
    }

    /** Always 200: that it is answered is the answer. */
    void live(Exchange exchange) {
        exchange.send(200, "application/json", Json.bytes(Json.object().put("status", "ok")));
    }

    /** 200 as soon as a target of the default can answer, else 503. */
    void ready(Exchange exchange) {
        boolean ready = routing.ready();
        exchange.send(ready ? 200 : 503, "application/json", Json.bytes(summary(ready)));
    }

    /** 200 with what is known; what has changed lately names servers, and is for those who operate them. */
    void summary(Exchange exchange) {
        ObjectNode json = summary(routing.ready());
        ArrayNode guards = json.putArray("guards");
        routing.guards().forEach(guards::add);
        if (operators.asks(exchange)) {
            ArrayNode changes = json.putArray("changes");
            routing.changes().stream().limit(CHANGES).forEach(event -> add(event, changes));
        }
        exchange.send(200, "application/json", Json.bytes(json));
    }

    private static void add(RouterEvent event, ArrayNode changes) {
        switch (event) {
            case RouterEvent.BackendChanged change ->
                changes.addObject()
                        .put("at", change.at().toString())
                        .put("of", change.backend())
                        .put("by", "probe")
                        .put("before", change.before().id())
                        .put("now", change.now().id())
                        .put("cause", change.cause());
            case RouterEvent.JudgementChanged change ->
                changes.addObject()
                        .put("at", change.at().toString())
                        .put("of", change.of())
                        .put("by", change.by())
                        .put("before", change.before())
                        .put("now", change.now())
                        .put("cause", change.cause());
            default -> {} // nothing else is shown here
        }
    }

    private ObjectNode summary(boolean ready) {
        ObjectNode json = Json.object().put("status", ready ? "ok" : "not-ready");
        ObjectNode targets = json.putObject("targets");
        counts(routing.targets()).forEach((state, count) -> targets.put(state.id(), count));
        return json;
    }

    private static Map<BackendState, Long> counts(List<TargetReport> targets) {
        return targets.stream()
                .collect(Collectors.groupingBy(TargetReport::state, TreeMap::new, Collectors.counting()));
    }
}
