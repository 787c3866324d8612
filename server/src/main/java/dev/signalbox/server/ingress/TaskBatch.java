package dev.signalbox.server.ingress;

import dev.signalbox.api.Body;
import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Headers;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.core.Bodies;
import dev.signalbox.server.ingress.ArrayParts.Part;
import dev.signalbox.spi.Routing;
import io.helidon.webserver.CloseConnectionException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Does several tasks and answers all of them at once, in the order they were asked. Each has its own status: one that
 * fails keeps no other from being done. With {@code ?group-by-model=true} those of one model are done one after the other,
 * so that no server loads a model, unloads it and loads it again.
 */
final class TaskBatch implements Answering {

    private final Routing routing;
    private final TaskSettings settings;
    private final Reception reception;
    private final Limits limits;

    /**
     * What a batch may take.
     *
     * @param bodies holds answers until all are there
     * @param mostBytes how much all answers of a batch may have together
     * @param writeTimeout how long a client may take nothing of what is there for it
     */
    record Limits(Bodies bodies, long mostBytes, Duration writeTimeout) {}

    TaskBatch(Routing routing, TaskSettings settings, Reception reception, Limits limits) {
        this.routing = routing;
        this.settings = settings;
        this.reception = reception;
        this.limits = limits;
    }

    @Override
    public void answer(Exchange exchange) throws InterruptedException {
        boolean grouped = exchange.request()
                .query()
                .first("group-by-model")
                .map(TaskBatch::isYes)
                .orElse(false);
        reception.receive(exchange, (request, place) -> answer(exchange, request, place, grouped));
    }

    private static boolean isYes(String value) {
        return switch (value) {
            case "", "true", "yes", "1" -> true;
            case "false", "no", "0" -> false;
            default ->
                throw Refused.permanent(
                        400,
                        "invalid_group_by_model",
                        "group-by-model: it is \"%s\"; true or false is expected".formatted(value));
        };
    }

    private void answer(Exchange exchange, RouteRequest batch, Places.Place place, boolean grouped)
            throws InterruptedException {
        List<BatchItem> items = List.of();
        try {
            try (Body body = batch.body()) { // from which each task is read when its turn comes
                items = items(BatchReader.read(body, settings.batchItems()), batch);
                for (Collection<BatchItem> group : grouped ? byModel(items) : List.of(items)) {
                    doAll(group, batch.cancellation());
                }
            }
            if (batch.cancellation().cancelled()) {
                throw place.wasCut()
                        ? new Refused(Inference.STOPPING)
                        : new CloseConnectionException("The client has left.");
            }
            tell(exchange, items, batch.cancellation(), place);
        } finally {
            items.forEach(BatchItem::close);
        }
    }

    private List<BatchItem> items(List<Part> tasks, RouteRequest batch) {
        AtomicLong room = new AtomicLong(limits.mostBytes);
        List<BatchItem> items = new ArrayList<>(tasks.size());
        tasks.forEach(task -> items.add(new BatchItem(items.size(), task, batch, room, limits.bodies)));
        return items;
    }

    /** In the order in which models are asked for first. */
    private Collection<List<BatchItem>> byModel(List<BatchItem> items) throws InterruptedException {
        Map<String, List<BatchItem>> groups = new LinkedHashMap<>();
        for (BatchItem item : items) {
            groups.computeIfAbsent(item.model(routing), model -> new ArrayList<>())
                    .add(item);
        }
        return groups.values();
    }

    /** However it ends, nobody goes on with it then. */
    private void doAll(Collection<BatchItem> items, Cancellation cancellation) throws InterruptedException {
        Queue<BatchItem> left = new ConcurrentLinkedQueue<>(items);
        try (ExecutorService others = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("signalbox-batch").factory())) {
            List<Future<Boolean>> all = new ArrayList<>();
            for (int i = 1; i < Math.min(settings.batchAtOnce(), items.size()); i++) {
                all.add(others.submit(() -> doSome(left, cancellation)));
            }
            try {
                doSome(left, cancellation);
                for (Future<Boolean> other : all) {
                    await(other);
                }
            } catch (InterruptedException stopping) {
                cancellation.cancel();
                throw stopping;
            }
        }
    }

    private static void await(Future<Boolean> other) throws InterruptedException {
        try {
            other.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }

    /** Who fails at it ends it for the others. */
    private boolean doSome(Queue<BatchItem> left, Cancellation cancellation) throws InterruptedException {
        boolean done = false;
        try {
            for (BatchItem item = left.poll(); item != null && !cancellation.cancelled(); item = left.poll()) {
                item.run(routing);
            }
            done = true;
        } finally {
            if (!done) {
                cancellation.cancel();
            }
        }
        return done;
    }

    private void tell(Exchange exchange, List<BatchItem> items, Cancellation client, Places.Place place) {
        ReplyStream reply = new ReplyStream(exchange);
        try (Ticker.Registration ignored = place.waitsFor(Taking.of(reply, limits.writeTimeout, client))) {
            reply.begin(200, Headers.of("Content-Type", "application/json"), false);
            try (OutputStream out = new BufferedOutputStream(new ReplyOutput(reply), ReplyOutput.PIECE)) {
                write(items, out);
            }
            reply.end();
        } catch (IOException unreadable) {
            throw new CloseConnectionException("The answers cannot be read any more.", unreadable);
        }
    }

    private static void write(List<BatchItem> items, OutputStream out) throws IOException {
        long succeeded = items.stream().filter(BatchItem::succeeded).count();
        String counts = "{\"total\":%d,\"succeeded\":%d,\"failed\":%d,\"results\":["
                .formatted(items.size(), succeeded, items.size() - succeeded);
        out.write(counts.getBytes(StandardCharsets.US_ASCII));
        for (BatchItem item : items) {
            if (!item.equals(items.getFirst())) {
                out.write(',');
            }
            item.writeTo(out);
        }
        out.write("]}".getBytes(StandardCharsets.US_ASCII));
    }
}
