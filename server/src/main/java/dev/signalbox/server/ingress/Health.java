package dev.signalbox.server.ingress;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.BackendState;
import dev.signalbox.api.TargetReport;
import dev.signalbox.spi.Routing;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Whether the server lives, and whether it can answer anything. */
final class Health {

    private final Routing routing;

    Health(Routing routing) {
        this.routing = routing;
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

    /** 200 with what is known. */
    void summary(Exchange exchange) {
        exchange.send(200, "application/json", Json.bytes(summary(routing.ready())));
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
