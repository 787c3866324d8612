package dev.signalbox.spi;

import dev.signalbox.api.ModelEntry;
import dev.signalbox.api.RouteException;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.TargetReport;
import dev.signalbox.api.TaskTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a router can be asked. Any thread, virtual or not, may ask. */
public interface Routing {

    /**
     * Decides who answers, asks, falls back where that is allowed, and returns at the first content.
     *
     * <p>The caller closes the response; the request's body is closed by the router in any case.
     *
     * @throws RouteException if there is no answer; its subtype says what to do
     * @throws InterruptedException if the calling thread is interrupted; everything is ended
     */
    RoutedResponse route(RouteRequest request) throws InterruptedException;

    /**
     * Decides as {@link #route} does, as things are now, and does nothing: no server is asked, no guard is asked for
     * admission, nobody is told. The request's body is closed. What refuses the request stands in the trace.
     *
     * @throws InterruptedException if the calling thread is interrupted
     */
    RouteTrace explain(RouteRequest request) throws InterruptedException;

    /** What was decided about one of the last requests, by the trace's id; those under way too, as they stand now. */
    Optional<RouteTrace> trace(String id);

    /** The traces that are kept, the newest first. */
    List<RouteTrace> traces();

    /** Every configured or listed target, with its state. */
    List<TargetReport> targets();

    /** Every name a client may write in {@code model}. */
    List<ModelEntry> models();

    /**
     * What a name means that a client writes in {@code model}: one of {@link #models}, one that a pattern serves, or that
     * of a model without its backend. Empty if nobody knows it; rules may lead a request that names it somewhere all the
     * same.
     */
    default Optional<ModelEntry> model(String name) {
        List<ModelEntry> all = models();
        return all.stream()
                .filter(entry -> entry.id().equals(name))
                .findFirst()
                .or(() -> all.stream()
                        .filter(entry -> entry.kind() == ModelEntry.Kind.TARGET)
                        .filter(entry -> entry.target().name().equals(name))
                        .findFirst());
    }

    /** Who does which task; empty if there is no task routing. */
    default Optional<TaskTable> tasks() {
        return Optional.empty();
    }

    /** The guards that are at work, by their types. */
    default List<String> guards() {
        return List.of();
    }

    /**
     * The last changes of what is known of backends and of what guards think of them and of targets, the newest first;
     * a bounded number.
     */
    default List<RouterEvent> changes() {
        return List.of();
    }

    /** The machines its backends run on, as they are now. */
    default List<HostView> hosts() {
        return List.of();
    }

    /** What plugins show to operators, by name. */
    default Map<String, Report> reports() {
        return Map.of();
    }

    /** Whether a target of the default can answer now; any target, where nothing says what the default is. */
    default boolean ready() {
        return targets().stream().anyMatch(TargetReport::canAnswer);
    }
}
