package dev.signalbox.server.ingress;

import dev.signalbox.api.Headers;
import dev.signalbox.core.ErrorReply;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.RoutingResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The answer on its way to a client. The request's thread writes what the router has; another one may put a sign of life
 * between two frames while there is nothing. Who writes to a client that has left gets a
 * {@link CloseConnectionException}.
 */
final class ReplyStream {

    /** What the connection decides, not whoever answered. */
    private static final List<String> OURS =
            List.of("connection", "keep-alive", "transfer-encoding", "te", "trailer", "upgrade");

    private final Exchange exchange;
    private final FrameEdge edge;

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable OutputStream out; // guarded by lock; there is one as soon as the head is decided
    private boolean framed; // guarded by lock
    private boolean ended; // guarded by lock
    private final AtomicLong written = new AtomicLong(); // bytes

    ReplyStream(Exchange exchange) {
        this.exchange = exchange;
        this.edge = new FrameEdge(exchange.dialect().framing());
    }

    /** Decides the head, unless a sign of life was sent before it: then the client has one. */
    void begin(int status, Headers headers, boolean streamed) {
        lock.lock();
        try {
            if (out == null) {
                open(status, headers, streamed);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sends an answer of which all is here, head and bytes in one. Helidon does much less for it than for one that comes
     * piece by piece.
     */
    void whole(int status, Headers headers, byte[] bytes, int length) {
        lock.lock();
        try {
            if (out == null) {
                head(status, headers, false);
                exchange.response().send(bytes, 0, length);
                written.addAndGet(length);
                ended = true;
            } else {
                put(bytes, length);
                finish(out);
            }
        } catch (IOException | RuntimeException gone) {
            throw new CloseConnectionException("The client has left.", gone);
        } finally {
            lock.unlock();
        }
    }

    /** Writes what came, and sends it on if it is part of a stream. */
    void write(byte[] bytes, int length) {
        lock.lock();
        try {
            put(bytes, length);
        } finally {
            lock.unlock();
        }
    }

    /** How many bytes have been written. */
    long written() {
        return written.get();
    }

    /** Whether somebody is writing right now, or tries to. */
    boolean writing() {
        return lock.isLocked();
    }

    /**
     * Puts a sign of life between two frames, if this is a moment for one: not if more has been written than the caller
     * knew of. Does not wait for the other writer.
     */
    void interject(byte[] frame, long known) {
        if (!lock.tryLock()) {
            return;
        }
        try {
            if (ended || written.get() != known || (out != null && !framed) || !edge.between()) {
                return;
            }
            if (out == null) {
                open(200, Headers.of("Content-Type", ErrorReply.contentType(exchange.dialect(), true)), true);
            }
            put(frame, frame.length);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Tells of an error: as the whole answer, else as the last frame, else by breaking off. True if it was a frame: then
     * the answer has no end yet and is to have none.
     */
    boolean fail(ErrorReply error) {
        lock.lock();
        try {
            if (out == null) {
                ended = true;
                exchange.error(error);
                return false;
            }
            if (!framed) {
                throw new CloseConnectionException("The answer broke off.");
            }
            byte[] frame = error.frame();
            put(frame, frame.length);
            ended = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing is written any more, though the answer has no end. */
    void stop() {
        lock.lock();
        try {
            ended = true;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the answer as it should end. */
    void end() {
        lock.lock();
        try {
            ended = true;
            if (out != null) {
                finish(out);
            }
        } catch (IOException | RuntimeException gone) {
            throw new CloseConnectionException("The client has left.", gone);
        } finally {
            lock.unlock();
        }
    }

    private void finish(OutputStream open) throws IOException {
        ended = true;
        open.close();
        ((RoutingResponse) exchange.response()).commit(); // the last bytes go now, not after the handler
    }

    private void open(int status, Headers headers, boolean streamed) {
        head(status, headers, streamed);
        framed = streamed;
        out = exchange.response().outputStream();
    }

    private void head(int status, Headers headers, boolean streamed) {
        headers.forEach(line -> {
            String name = line.getKey();
            if (!isOurs(name) && !(streamed && name.equalsIgnoreCase("content-length"))) {
                exchange.say(name, line.getValue());
            }
        });
        if (streamed) {
            exchange.say("Cache-Control", "no-cache");
            exchange.say("X-Accel-Buffering", "no"); // else some proxies collect the frames
        }
        exchange.response().status(Status.create(status));
    }

    private static boolean isOurs(String name) {
        for (String own : OURS) {
            if (own.equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    private void put(byte[] bytes, int length) {
        if (out == null) {
            throw new IllegalStateException("there is no head yet");
        }
        try {
            out.write(bytes, 0, length);
            edge.wrote(bytes, length);
            written.addAndGet(length);
            if (framed) {
                out.flush();
            }
        } catch (IOException | RuntimeException gone) { // Helidon has several for a connection that is gone
            throw new CloseConnectionException("The client has left.", gone);
        }
    }
}
