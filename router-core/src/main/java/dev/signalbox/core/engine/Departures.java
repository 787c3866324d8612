package dev.signalbox.core.engine;

import dev.signalbox.api.Exhausted;
import dev.signalbox.api.RouteException;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.Unroutable;
import dev.signalbox.core.config.EngineSettings.Expose;
import dev.signalbox.core.dialect.BadRequest;
import dev.signalbox.core.dialect.ParsedRequest;
import dev.signalbox.core.dialect.RequestReader;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Where journeys begin: each gets a trace, the plan of the day, which it holds until it ends, and its request, read as far
 * as one pass goes. Any thread may ask.
 */
final class Departures {

    private final Engine engine;
    private final Traces traces = new Traces();

    Departures(Engine engine) {
        this.engine = engine;
    }

    /** The traces of those that were not only explained. */
    Traces traces() {
        return traces;
    }

    /**
     * A journey about to begin.
     *
     * @throws RouteException if its request cannot be read
     */
    Journey begin(RouteRequest request) {
        TraceLog trace = traceOf(request);
        traces.keep(trace, engine.plans().now().settings().engine().traces());
        return begin(request, trace, false);
    }

    /** Where it would go, as things are. */
    RouteTrace explain(RouteRequest request) throws InterruptedException {
        TraceLog trace = traceOf(request);
        Journey journey;
        try {
            journey = begin(request, trace, true);
        } catch (RouteException unreadable) {
            return trace.read();
        }
        return journey.explain();
    }

    private TraceLog traceOf(RouteRequest request) {
        return new TraceLog(traceId(), request.dialect(), request.caller().name(), engine.time());
    }

    private Journey begin(RouteRequest request, TraceLog trace, boolean explains) {
        Optional<Plan> held = Optional.empty();
        boolean begun = false;
        try {
            Plan plan = engine.plans().hold(trace);
            held = Optional.of(plan);
            trace.exposed(plan.settings().engine().expose() == Expose.ALL);
            Journey journey = new Journey(engine, plan, request, read(request, trace), trace, explains);
            begun = true;
            return journey;
        } catch (RouteException unreadable) {
            trace.failed(unreadable.problem());
            if (!explains) {
                trace.ended(Journey.outcomeOf(unreadable));
            }
            throw unreadable;
        } finally {
            if (!begun) {
                held.ifPresent(Plan::letGo);
                Quietly.close("a request's body", request.body());
            }
        }
    }

    private ParsedRequest read(RouteRequest request, TraceLog trace) {
        try {
            return RequestReader.read(request, engine.readings());
        } catch (BadRequest bad) {
            Problem problem = Problem.permanent(bad.status(), bad.code(), bad.message());
            throw new Unroutable(
                    bad.place().map(path -> problem.with(Problem.PARAM, path)).orElse(problem), trace.read(), bad);
        } catch (IOException failed) {
            throw new Exhausted(
                    Problem.passing(500, "body_unreadable", "the request's body cannot be read again: " + failed),
                    trace.read(),
                    failed);
        }
    }

    private static String traceId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong());
    }
}
