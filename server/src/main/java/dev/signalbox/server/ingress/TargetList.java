package dev.signalbox.server.ingress;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.TargetReport;
import dev.signalbox.spi.Routing;
import java.util.Locale;
import java.util.TreeMap;

/** Every target with its state, for whoever operates the router. */
final class TargetList {

    private final Routing routing;

    TargetList(Routing routing) {
        this.routing = routing;
    }

    void all(Exchange exchange) {
        ObjectNode list = Json.object();
        ArrayNode targets = list.putArray("targets");
        routing.targets().forEach(report -> targets.add(json(report)));
        ArrayNode guards = list.putArray("guards");
        routing.guards().forEach(guards::add);
        exchange.send(200, "application/json", Json.bytes(list));
    }

    private static ObjectNode json(TargetReport report) {
        ModelInfo model = report.model();
        ObjectNode json = Json.object()
                .put("target", report.target().toString())
                .put("backend", report.target().backend())
                .put("model", report.target().model())
                .put("type", report.type())
                .put("state", report.state().id())
                .put("in_flight", report.inFlight())
                .put("waiting", report.waiting());
        model.contextTokens().ifPresent(tokens -> json.put("context", tokens));
        model.loaded().ifPresent(loaded -> json.put("loaded", loaded));
        model.memoryBytes().ifPresent(bytes -> json.put("memory_bytes", bytes));
        ObjectNode capabilities = json.putObject("capabilities");
        new TreeMap<>(model.capabilities())
                .forEach((capability, support) ->
                        capabilities.put(capability.id(), support.name().toLowerCase(Locale.ROOT)));
        ArrayNode verdicts = json.putArray("verdicts");
        report.verdicts().forEach(verdicts::add);
        report.probed().ifPresent(at -> json.put("probed", at.toString()));
        return report.detail().isEmpty() ? json : json.put("detail", report.detail());
    }
}
