package dev.signalbox.core;

import dev.signalbox.api.ModelEntry;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.TargetReport;
import dev.signalbox.api.TaskTable;
import dev.signalbox.core.engine.Engine;
import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.HostView;
import dev.signalbox.spi.Report;
import dev.signalbox.spi.RouterEvent;
import dev.signalbox.spi.Routing;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A router for language models. Any thread, virtual or not, may use it; several routers live side by side in one JVM
 * and share nothing.
 */
public final class Router implements Routing, AutoCloseable {

    private final Engine engine;

    Router(Engine engine) {
        this.engine = engine;
    }

    /** A router made by code. */
    public static RouterBuilder builder() {
        return new RouterBuilder();
    }

    /**
     * A router as a file says, with every plugin that is on the class path or in the module layer. Sections that are the
     * server's are left alone.
     *
     * @throws ConfigurationException if anything is wrong with the file, telling all of it
     */
    public static Router from(Path file) {
        return builder().configuration(Configuration.read(file)).build();
    }

    @Override
    public RoutedResponse route(RouteRequest request) throws InterruptedException {
        return engine.route(request);
    }

    @Override
    public RouteTrace explain(RouteRequest request) throws InterruptedException {
        return engine.explain(request);
    }

    @Override
    public Optional<RouteTrace> trace(String id) {
        return engine.trace(id);
    }

    @Override
    public List<RouteTrace> traces() {
        return engine.traces();
    }

    @Override
    public List<TargetReport> targets() {
        return engine.targets();
    }

    @Override
    public List<ModelEntry> models() {
        return engine.models();
    }

    @Override
    public Optional<ModelEntry> model(String name) {
        return engine.model(name);
    }

    @Override
    public Optional<TaskTable> tasks() {
        return engine.tasks();
    }

    @Override
    public List<HostView> hosts() {
        return engine.hosts();
    }

    @Override
    public boolean ready() {
        return engine.ready();
    }

    @Override
    public List<String> guards() {
        return engine.guards();
    }

    @Override
    public List<RouterEvent> changes() {
        return engine.changes();
    }

    @Override
    public Map<String, Report> reports() {
        return engine.reports();
    }

    /** Ends everything it started, requests under way included. Does nothing the second time. */
    @Override
    public void close() {
        engine.close();
    }
}
