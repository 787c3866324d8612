package dev.signalbox.server.cli;

import dev.signalbox.api.ModelEntry;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.TargetReport;
import dev.signalbox.api.TaskTable;
import dev.signalbox.core.Plugins;
import dev.signalbox.core.Router;
import dev.signalbox.server.cli.Discoverer.Found;
import dev.signalbox.spi.BackendFactory;
import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.HostView;
import dev.signalbox.spi.Report;
import dev.signalbox.spi.RouterEvent;
import dev.signalbox.spi.Routing;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a machine without a configuration: at once whatever answers without a server, and then the servers that are
 * found, looking again while there are none.
 */
final class FirstRun implements Routing, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FirstRun.class);

    /** After how long it looks again where nothing was found. */
    static final Duration AGAIN = Duration.ofSeconds(30);

    private final Plugins plugins;
    private final Sieve sieve;
    private final Discoverer discoverer;
    private final PrintWriter messages;
    private final Duration again;
    private final AtomicReference<Router> router;
    private final String demo;
    private final Thread looking;
    private volatile int ownPort;
    private volatile boolean closed; // written before the router is looked at that is to be closed

    FirstRun(Plugins plugins, UsualPlaces places, PrintWriter messages, Duration again) {
        this.again = again;
        this.plugins = plugins;
        this.sieve = Sieve.logging(plugins);
        this.discoverer = new Discoverer(plugins, places, sieve);
        this.messages = messages;
        FoundConfiguration nothing = FoundConfiguration.of(List.of());
        this.demo = nothing.addDemo(plugins, sieve);
        this.router = new AtomicReference<>(routerOf(nothing, demo));
        this.looking = Thread.ofVirtual().name("signalbox-discovery").unstarted(this::lookAgainAndAgain);
    }

    /** How to ask it something, before anybody is found. */
    Greeting greeting() {
        return demo.isEmpty() ? new Greeting.Names(false) : Greeting.OPEN;
    }

    /** Begins to look around; returns at once. */
    void look(int port) {
        ownPort = port;
        looking.start();
    }

    /** Says that nobody will be looked for. */
    void serveDemoOnly() {
        sayNothingFound("Nobody was looked for.");
    }

    @Override
    public RoutedResponse route(RouteRequest request) throws InterruptedException {
        return router.get().route(request);
    }

    @Override
    public RouteTrace explain(RouteRequest request) throws InterruptedException {
        return router.get().explain(request);
    }

    @Override
    public Optional<RouteTrace> trace(String id) {
        return router.get().trace(id);
    }

    @Override
    public List<RouteTrace> traces() {
        return router.get().traces();
    }

    @Override
    public List<TargetReport> targets() {
        return router.get().targets();
    }

    @Override
    public List<ModelEntry> models() {
        return router.get().models();
    }

    @Override
    public Optional<ModelEntry> model(String name) {
        return router.get().model(name);
    }

    @Override
    public Optional<TaskTable> tasks() {
        return router.get().tasks();
    }

    @Override
    public List<HostView> hosts() {
        return router.get().hosts();
    }

    @Override
    public Map<String, Report> reports() {
        return router.get().reports();
    }

    @Override
    public List<String> guards() {
        return router.get().guards();
    }

    @Override
    public List<RouterEvent> changes() {
        return router.get().changes();
    }

    @Override
    public boolean ready() {
        return router.get().ready();
    }

    @Override
    public void close() {
        closed = true;
        looking.interrupt();
        router.get().close();
    }

    private void lookAgainAndAgain() {
        String said = "";
        try {
            for (String why = lookOnce(); !why.isEmpty(); why = lookOnce()) {
                if (!why.equals(said)) {
                    sayNothingFound("%s; looking again every %d s.".formatted(why, again.toSeconds()));
                    said = why;
                }
                Thread.sleep(again);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Serves what is there; else says why there is still nothing but the demo. */
    private String lookOnce() throws InterruptedException {
        List<Found> found = discoverer.look(ownPort);
        if (found.isEmpty()) {
            return "No model server was found on this machine";
        }
        try {
            serve(found);
            return "";
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError failure) {
            return cannotServe(found, failure);
        }
    }

    private static String cannotServe(List<Found> found, Throwable failure) {
        LOG.debug("What was found cannot be served.", failure);
        String types = found.stream().map(Found::type).distinct().collect(Collectors.joining(", "));
        String why = failure instanceof ConfigurationException ? "" + failure.getMessage() : failure.toString();
        return "Model servers were found (%s), but they cannot be served: %s. A configuration that leaves out whatever is at fault would be"
                .formatted(types, why.strip());
    }

    private void serve(List<Found> found) throws InterruptedException {
        FoundConfiguration made = FoundConfiguration.of(found);
        String target = FirstModel.of(made, plugins);
        if (target.isEmpty()) {
            target = made.addDemo(plugins, sieve);
        }
        Router before = router.getAndSet(routerOf(made, target));
        if (closed) {
            router.get().close(); // whoever closed may have looked a moment too early
        }
        messages.println(Tables.of(
                List.of("backend", "address"),
                made.backends().entrySet().stream()
                        .map(each -> List.of(each.getKey(), each.getValue().getOrDefault("base-url", "")))
                        .toList()));
        messages.println(target.isEmpty() ? "No model is installed yet." : "\"auto\" is " + target + ".");
        messages.flush();
        before.close();
    }

    private void sayNothingFound(String first) {
        messages.println(first);
        messages.println(
                demo.isEmpty()
                        ? "Nothing can be served: put a backend's jar into plugins/ and write a configuration."
                        : "Serving %s, which needs no model. Start a model server, or name one in a configuration, of type %s."
                                .formatted(demo, String.join(", ", plugins.types(BackendFactory.class))));
        messages.flush();
    }

    private Router routerOf(FoundConfiguration made, String target) {
        return Router.builder()
                .plugins(plugins)
                .configuration(made.configuration(target))
                .build();
    }
}
