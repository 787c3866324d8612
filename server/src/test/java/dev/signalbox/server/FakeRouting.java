package dev.signalbox.server;

import dev.signalbox.api.Cancelled;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.ModelEntry;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.Target;
import dev.signalbox.api.TargetReport;
import dev.signalbox.api.TaskTable;
import dev.signalbox.spi.Report;
import dev.signalbox.spi.RouterEvent;
import dev.signalbox.spi.Routing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A router that does what a test tells it, and remembers what it was asked. */
public final class FakeRouting implements Routing {

    /** What the router does with a request. */
    @FunctionalInterface
    public interface Script {
        RoutedResponse route(RouteRequest request) throws InterruptedException;
    }

    private final BlockingQueue<RouteRequest> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
    private final List<ModelEntry> models = new ArrayList<>();
    private final List<TargetReport> targets = new ArrayList<>();
    private final List<RouterEvent> changes = new ArrayList<>();
    private final Map<String, Report> reports = new LinkedHashMap<>();
    private Optional<TaskTable> table = Optional.empty();
    private volatile Script script;

    private FakeRouting(Script script) {
        this.script = script;
    }

    public static FakeRouting doing(Script script) {
        return new FakeRouting(script);
    }

    /** This has changed, after what was said before. */
    public FakeRouting changed(RouterEvent event) {
        changes.addFirst(event);
        return this;
    }

    /** Has a table of tasks, with one role for all. */
    public FakeRouting doingTasks() {
        table = Optional.of(new TaskTable(
                List.of(new TaskTable.Role("all", "All", "")), new LinkedHashMap<>(), Optional.of("all"), List.of()));
        return this;
    }

    @Override
    public Optional<TaskTable> tasks() {
        return table;
    }

    @Override
    public List<String> guards() {
        return List.of("strict", "wise");
    }

    /** A plugin shows this. */
    public FakeRouting report(Report report) {
        reports.put(report.name(), report);
        return this;
    }

    @Override
    public Map<String, Report> reports() {
        return reports;
    }

    @Override
    public List<RouterEvent> changes() {
        return changes;
    }

    /** Answers everything with that JSON. */
    public static FakeRouting answering(String json) {
        return new FakeRouting(request -> FakeAnswer.json(json));
    }

    /** Answers everything with that answer. */
    public static FakeRouting answering(FakeAnswer answer) {
        return new FakeRouting(request -> answer);
    }

    /** Never answers, until its client leaves. */
    public static FakeRouting silent() {
        return new FakeRouting(FakeRouting::awaitCancellation);
    }

    /** What a router does that is told to end before it has anything. */
    public static RoutedResponse awaitCancellation(RouteRequest request) throws InterruptedException {
        CountDownLatch cancelled = new CountDownLatch(1);
        request.cancellation().onCancel(cancelled::countDown);
        cancelled.await();
        throw new Cancelled(Problem.passing(499, "cancelled", "The client has left."), trace());
    }

    public FakeRouting then(Script next) {
        script = next;
        return this;
    }

    public FakeRouting model(ModelEntry entry) {
        models.add(entry);
        return this;
    }

    public FakeRouting target(TargetReport report) {
        targets.add(report);
        return this;
    }

    /** The next request it was asked. */
    public RouteRequest request() throws InterruptedException {
        RouteRequest request = requests.poll(20, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("no request came");
        }
        return request;
    }

    /** The next body it was asked with. */
    public String body() throws InterruptedException {
        String body = bodies.poll(20, TimeUnit.SECONDS);
        if (body == null) {
            throw new AssertionError("no request came");
        }
        return body;
    }

    /** Whether nobody has asked, or all that was asked has been looked at. */
    public boolean unasked() {
        return requests.isEmpty();
    }

    @Override
    public RoutedResponse route(RouteRequest request) throws InterruptedException {
        bodies.add(textOf(request));
        requests.add(request);
        RoutedResponse answer = script.route(request);
        request.body().close(); // as a router does, which needs it no more
        request.cancellation().onCancel(answer::close);
        return answer;
    }

    @Override
    public RouteTrace explain(RouteRequest request) {
        requests.add(request);
        return trace();
    }

    @Override
    public Optional<RouteTrace> trace(String id) {
        return Optional.of(trace()).filter(trace -> trace.id().equals(id));
    }

    @Override
    public List<RouteTrace> traces() {
        return List.of(trace());
    }

    @Override
    public List<TargetReport> targets() {
        return List.copyOf(targets);
    }

    @Override
    public List<ModelEntry> models() {
        return List.copyOf(models);
    }

    /** A trace with one step that failed and one that answered. */
    public static RouteTrace trace() {
        return new RouteTrace(
                "trace-1",
                Instant.EPOCH,
                Dialect.OPENAI_CHAT,
                "anonymous",
                "qwen3",
                "default",
                "coding",
                List.of(),
                List.of(),
                List.of(
                        new RouteTrace.Step(Target.of("gpu/qwen3"), "unreachable", "", "refused", Duration.ZERO),
                        new RouteTrace.Step(Target.of("laptop/qwen3"), "overloaded", "", "busy", Duration.ZERO)),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Duration.ZERO,
                true);
    }

    private static String textOf(RouteRequest request) {
        try {
            return new String(request.body().open().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
