package dev.signalbox.server.ingress;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.spi.Near;
import dev.signalbox.spi.Report;
import dev.signalbox.spi.Routing;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What plugins show to whoever operates the router. */
final class Reports {

    private final Routing routing;

    Reports(Routing routing) {
        this.routing = routing;
    }

    /** Which there are. */
    void all(Exchange exchange) {
        ObjectNode list = Json.object();
        ArrayNode reports = list.putArray("reports");
        new TreeMap<>(routing.reports())
                .values()
                .forEach(
                        report -> reports.addObject().put("name", report.name()).put("doc", report.doc()));
        exchange.send(200, "application/json", Json.bytes(list));
    }

    /** One of them, as it is now. */
    void one(Exchange exchange) {
        String name = exchange.request().path().pathParameters().get("name");
        Map<String, Report> reports = routing.reports();
        Report report = reports.get(name);
        if (report == null) {
            throw Refused.permanent(
                    404,
                    "report_not_found",
                    "There is no report \"%s\". %s".formatted(name, hint(name, reports.keySet())));
        }
        ObjectNode json = Json.object().put("report", name);
        json.set("content", Json.tree(report.content().get()));
        exchange.send(200, "application/json", Json.bytes(json));
    }

    /** There are few, so all are told, and first the one that may be meant. */
    private static String hint(String name, Set<String> known) {
        if (known.isEmpty() || Near.names(name, known).isEmpty()) {
            return Near.hint(name, known);
        }
        return "%s Known: %s.".formatted(Near.hint(name, known), String.join(", ", new TreeSet<>(known)));
    }
}
