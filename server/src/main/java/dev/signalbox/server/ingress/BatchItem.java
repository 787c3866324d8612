package dev.signalbox.server.ingress;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Body;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.RouteException;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.core.Bodies;
import dev.signalbox.core.ErrorReply;
import dev.signalbox.server.ingress.ArrayParts.Part;
import dev.signalbox.spi.Routing;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One task of a batch. One thread does it; its result is there for others once that thread was waited for. */
final class BatchItem implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BatchItem.class);

    private static final byte[] RESULT = ",\"result\":".getBytes(StandardCharsets.US_ASCII);

    private final int index;
    private final Part task;
    private final RouteRequest batch;
    private final AtomicLong room;
    private final Bodies bodies;
    private volatile ObjectNode told;
    private volatile Optional<Body> answer = Optional.empty();

    /**
     * A task that is still to be done.
     *
     * @param task where it stands in the batch's body, which stays open until it is done
     * @param batch the request it came in
     * @param room how many bytes the answers of its batch may still have
     * @param bodies holds its answer
     */
    BatchItem(int index, Part task, RouteRequest batch, AtomicLong room, Bodies bodies) {
        this.index = index;
        this.task = task;
        this.batch = batch;
        this.room = room;
        this.bodies = bodies;
        this.told = failed(Problem.passing(499, "cancelled", "It was not done: the client left."));
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
            told = failed(
                    Problem.permanent(400, "invalid_task", "It is no object. A task is an object with a prompt."));
            return;
        }
        if (StreamWish.of(Dialect.TASK, body()).streamed()) {
            told = failed(Problem.permanent(
                    400, "invalid_stream", "stream: it is true; the tasks of a batch are not streamed"));
            return;
        }
        try (RoutedResponse response = routing.route(request())) {
            answer = Optional.of(whole(response));
            told = entry("success", response.status());
        } catch (RouteException failure) {
            told = failed(failure.problem());
        } catch (IOException failure) {
            told = failed(Problem.passing(502, "broken_reply", "The answer broke off: " + failure.getMessage()));
        } catch (RuntimeException defect) {
            LOG.error("A task of a batch failed for a reason that is this server's own.", defect);
            told = failed(Problem.permanent(500, "internal_error", "This server failed. Its log says more."));
        }
    }

    private RouteRequest request() {
        return new RouteRequest(Dialect.TASK, body(), batch.headers(), batch.caller(), batch.cancellation());
    }

    private Body body() {
        return new PartOfBody(batch.body(), task.from(), task.length());
    }

    /** All of an answer, held as the bytes that it is. */
    private Body whole(RoutedResponse response) throws IOException {
        Body whole = bodies.take(response.body(), -1, Math.max(0, room.get())).orElseThrow(BatchItem::tooLong);
        boolean kept = false;
        try {
            Json.check(whole);
            kept = room.addAndGet(-whole.size()) >= 0;
            if (!kept) { // others took it meanwhile
                room.addAndGet(whole.size());
                throw tooLong();
            }
            return whole;
        } finally {
            if (!kept) {
                whole.close();
            }
        }
    }

    private static IOException tooLong() {
        return new IOException("the answers of the batch are too long together; ask in smaller batches");
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
        return answer.isPresent();
    }

    /** Writes what came of it, as an object. */
    void writeTo(OutputStream out) throws IOException {
        byte[] json = Json.bytes(told);
        if (answer.isEmpty()) {
            out.write(json);
            return;
        }
        out.write(json, 0, json.length - 1); // all but the brace at its end
        out.write(RESULT);
        answer.get().writeTo(out);
        out.write('}');
    }

    /** Gives back what holds its answer. */
    @Override
    public void close() {
        answer.ifPresent(Body::close);
    }
}
