package dev.signalbox.server.ingress;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Body;
import dev.signalbox.api.Cancellation;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.server.ingress.ArrayParts.Part;
import dev.signalbox.spi.Routing;
import io.helidon.webserver.CloseConnectionException;
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
    private final long mostBytes;

    /**
     * A batch desk.
     *
     * @param mostBytes how much all answers of a batch may have together
     */
    TaskBatch(Routing routing, TaskSettings settings, Reception reception, long mostBytes) {
        this.routing = routing;
        this.settings = settings;
        this.reception = reception;
        this.mostBytes = mostBytes;
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
        Cancellation cancellation = batch.cancellation();
        List<BatchItem> items;
        try (Body body = batch.body()) { // from which each task is read when its turn comes
            items = items(BatchReader.read(body, settings.batchItems()), batch);
            for (Collection<BatchItem> group : grouped ? byModel(items) : List.of(items)) {
                doAll(group, cancellation);
            }
        }
        if (cancellation.cancelled()) {
            throw place.wasCut()
                    ? new Refused(Inference.STOPPING)
                    : new CloseConnectionException("The client has left.");
        }
        exchange.send(200, "application/json", Json.bytes(summary(items)));
    }

    private List<BatchItem> items(List<Part> tasks, RouteRequest batch) {
        AtomicLong room = new AtomicLong(mostBytes);
        List<BatchItem> items = new ArrayList<>(tasks.size());
        tasks.forEach(task -> items.add(new BatchItem(items.size(), task, batch, room)));
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

    private static ObjectNode summary(List<BatchItem> items) {
        long succeeded = items.stream().filter(BatchItem::succeeded).count();
        ObjectNode json = Json.object()
                .put("total", items.size())
                .put("succeeded", succeeded)
                .put("failed", items.size() - succeeded);
        ArrayNode results = json.putArray("results");
        items.forEach(item -> results.add(item.result()));
        return json;
    }
}
