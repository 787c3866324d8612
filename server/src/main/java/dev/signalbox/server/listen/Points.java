package dev.signalbox.server.listen;

import dev.signalbox.api.ModelEntry;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.TargetReport;
import dev.signalbox.api.TaskTable;
import dev.signalbox.spi.HostView;
import dev.signalbox.spi.Report;
import dev.signalbox.spi.RouterEvent;
import dev.signalbox.spi.Routing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The way to a router while somebody listens for it. Helidon 4.5 never cancels the timer of a stopped server's idle
 * connections: the timer's thread, and all that the server led to, stay for ever. The thread cannot be helped from
 * outside; the router is let go of here.
 */
final class Points implements Routing {

    private final AtomicReference<Optional<Routing>> routing;

    Points(Routing routing) {
        this.routing = new AtomicReference<>(Optional.of(routing));
    }

    /** Leads nowhere from now on. */
    void letGo() {
        routing.set(Optional.empty());
    }

    private Routing there() {
        return routing.get().orElseThrow(() -> new IllegalStateException("nobody listens any more"));
    }

    @Override
    public RoutedResponse route(RouteRequest request) throws InterruptedException {
        return there().route(request);
    }

    @Override
    public RouteTrace explain(RouteRequest request) throws InterruptedException {
        return there().explain(request);
    }

    @Override
    public Optional<RouteTrace> trace(String id) {
        return there().trace(id);
    }

    @Override
    public List<RouteTrace> traces() {
        return there().traces();
    }

    @Override
    public List<TargetReport> targets() {
        return there().targets();
    }

    @Override
    public List<ModelEntry> models() {
        return there().models();
    }

    @Override
    public Optional<ModelEntry> model(String name) {
        return there().model(name);
    }

    @Override
    public Optional<TaskTable> tasks() {
        return there().tasks();
    }

    @Override
    public List<HostView> hosts() {
        return there().hosts();
    }

    @Override
    public Map<String, Report> reports() {
        return there().reports();
    }

    @Override
    public List<String> guards() {
        return there().guards();
    }

    @Override
    public List<RouterEvent> changes() {
        return there().changes();
    }

    @Override
    public boolean ready() {
        return there().ready();
    }
}
