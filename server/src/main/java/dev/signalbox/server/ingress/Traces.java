package dev.signalbox.server.ingress;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Body;
import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.spi.Near;
import dev.signalbox.spi.Routing;

/** Why requests went where they went, and where one would go. */
final class Traces {

    private final Routing routing;
    private final Intake intake;

    Traces(Routing routing, Intake intake) {
        this.routing = routing;
        this.intake = intake;
    }

    /** The last requests, each in a few words. */
    void all(Exchange exchange) {
        ObjectNode list = Json.object();
        ArrayNode traces = list.putArray("traces");
        routing.traces().forEach(trace -> traces.add(TraceJson.brief(trace)));
        exchange.send(200, "application/json", Json.bytes(list));
    }

    /** One of them, whole. */
    void one(Exchange exchange) {
        String id = exchange.request().path().pathParameters().get("id");
        ObjectNode found = routing.trace(id)
                .map(TraceJson::of)
                .orElseThrow(() -> Refused.permanent(
                        404,
                        "trace_not_found",
                        "There is no trace \"%s\" any more: as many are kept as the option traces says."
                                .formatted(id)));
        exchange.send(200, "application/json", Json.bytes(found));
    }

    /** Where the request would go; {@code ?dialect=} says what it is written in. */
    void explain(Exchange exchange) throws InterruptedException {
        Dialect dialect =
                exchange.request().query().first("dialect").map(Traces::dialect).orElse(Dialect.OPENAI_CHAT);
        Body body = intake.read(exchange);
        RouteRequest request =
                new RouteRequest(dialect, body, exchange.headers(), exchange.caller(), Cancellation.create());
        exchange.send(200, "application/json", Json.bytes(TraceJson.of(routing.explain(request))));
    }

    private static Dialect dialect(String id) {
        return Dialect.KNOWN.stream()
                .filter(known -> known.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Refused.permanent(
                        400,
                        "unknown_dialect",
                        "There is no dialect \"%s\". %s"
                                .formatted(
                                        id,
                                        Near.hint(
                                                id,
                                                Dialect.KNOWN.stream()
                                                        .map(Dialect::id)
                                                        .toList()))));
    }
}
