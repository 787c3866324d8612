package dev.signalbox.server.ingress;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Body;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.RouteException;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.core.ErrorReply;
import dev.signalbox.server.ingress.ArrayParts.Part;
import dev.signalbox.spi.Routing;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One task of a batch. One thread does it; its result is there for others once that thread was waited for. */
final class BatchItem {

    private static final Logger LOG = LoggerFactory.getLogger(BatchItem.class);

    private final int index;
    private final Part task;
    private final RouteRequest batch;
    private final AtomicLong room;
    private volatile ObjectNode result;
    private volatile boolean succeeded;

    /**
     * A task that is still to be done.
     *
     * @param task where it stands in the batch's body, which stays open until it is done
     * @param batch the request it came in
     * @param room how many bytes the answers of its batch may still have
     */
    BatchItem(int index, Part task, RouteRequest batch, AtomicLong room) {
        this.index = index;
        this.task = task;
        this.batch = batch;
        this.room = room;
        this.result = failed(Problem.passing(499, "cancelled", "It was not done: the client left."));
    }

    /** The target that would do it now; empty if nobody would. */
    String model(Routing routing) throws InterruptedException {
        if (!task.object()) {
            return "";
        }
        return routing.explain(request()).chain().stream()
                .filter(standing -> !standing.verdict().equals("excluded"))
                .map(RouteTrace.Standing::target)
                .findFirst()
                .map(Object::toString)
                .orElse("");
    }

    /** Does it. */
    void run(Routing routing) throws InterruptedException {
        if (!task.object()) {
            result = failed(
                    Problem.permanent(400, "invalid_task", "It is no object. A task is an object with a prompt."));
            return;
        }
        if (StreamWish.of(Dialect.TASK, body()).streamed()) {
            result = failed(Problem.permanent(
                    400, "invalid_stream", "stream: it is true; the tasks of a batch are not streamed"));
            return;
        }
        try (RoutedResponse answer = routing.route(request())) {
            result = done(answer);
            succeeded = true;
        } catch (RouteException failure) {
            result = failed(failure.problem());
        } catch (IOException failure) {
            result = failed(Problem.passing(502, "broken_reply", "The answer broke off: " + failure.getMessage()));
        } catch (RuntimeException defect) {
            LOG.error("A task of a batch failed for a reason that is this server's own.", defect);
            result = failed(Problem.permanent(500, "internal_error", "This server failed. Its log says more."));
        }
    }

    private RouteRequest request() {
        return new RouteRequest(Dialect.TASK, body(), batch.headers(), batch.caller(), batch.cancellation());
    }

    private Body body() {
        return new PartOfBody(batch.body(), task.from(), task.length());
    }

    private ObjectNode done(RoutedResponse answer) throws IOException {
        byte[] bytes = answer.body().readNBytes((int) Math.min(Integer.MAX_VALUE - 8, Math.max(0, room.get()) + 1));
        if (room.addAndGet(-bytes.length) < 0) {
            throw new IOException("the answers of the batch are too long together; ask in smaller batches");
        }
        ObjectNode json = entry("success", answer.status());
        json.set("result", Json.read(bytes));
        return json;
    }

    private ObjectNode failed(Problem problem) {
        ObjectNode json =
                entry("error", ErrorReply.of(Dialect.TASK, problem, "").status());
        json.put("error", problem.message());
        json.put("code", problem.code());
        problem.retryAfter().ifPresent(after -> json.put("retry_after", after.toSeconds()));
        problem.details().forEach(json::put);
        return json;
    }

    private ObjectNode entry(String status, int code) {
        return Json.object().put("index", index).put("status", status).put("http_status", code);
    }

    boolean succeeded() {
        return succeeded;
    }

    /** What came of it. */
    ObjectNode result() {
        return result;
    }
}
