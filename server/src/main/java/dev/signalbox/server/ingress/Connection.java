package dev.signalbox.server.ingress;

import dev.signalbox.core.ErrorReply;
import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The connection a request came by. Its own thread handles it; any thread may hang up. */
final class Connection {

    /** Helidon handles a connection on one thread from its first byte to its last. */
    private static final ThreadLocal<@Nullable Connection> CURRENT = new ThreadLocal<>();

    private final ConnectionContext context;
    private final AtomicReference<Heads.@Nullable Owed> owed = new AtomicReference<>();

    private Connection(ConnectionContext context) {
        this.context = context;
    }

    /** The connection of this thread; empty where {@link Heads} does not listen. */
    static Optional<Connection> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** The connection with that context, which this thread handles. */
    static Connection of(ConnectionContext context) {
        Connection known = CURRENT.get();
        if (known != null && known.context.equals(context)) {
            return known;
        }
        Connection made = new Connection(context);
        CURRENT.set(made);
        return made;
    }

    /** The head it owes, or null. Its own thread writes it; the ticker replaces what it has seen. */
    AtomicReference<Heads.@Nullable Owed> owed() {
        return owed;
    }

    /** Waits until the client sends something more or leaves; true if it left. One thread at a time may read. */
    boolean awaitDeparture() {
        try {
            context.dataReader().ensureAvailable();
            return false;
        } catch (RuntimeException left) { // end of stream, reset, closed by us: Helidon has a type for each
            return true;
        }
    }

    /** Whether bytes have come that nobody has read; from another thread it may be a moment late. */
    boolean holdsBytes() {
        return context.dataReader().available() > 0;
    }

    /** The chunked body of a request, which has not been read. */
    ChunkedBody chunked(InputStream content, ChunkBudget budget) {
        return new ChunkedBody(content, context.dataReader(), budget);
    }

    /** Says what is wrong, outside of any answer, and hangs up; for a thread that may block. */
    void hangUp(ErrorReply error) {
        try {
            context.dataWriter().writeNow(BufferData.create(raw(error)));
        } catch (RuntimeException gone) {
            // then there is nobody to tell
        } finally {
            close();
        }
    }

    /** Reads and forgets, until the client closes or that many bytes have come. The request's thread does it. */
    void discard(long most) {
        try {
            for (long read = 0; read < most; ) {
                read += context.dataReader().readBuffer().available();
            }
        } catch (RuntimeException left) {
            // it has gone, with or without its answer
        }
    }

    void close() {
        try {
            context.serverSocket().close();
        } catch (RuntimeException closed) {
            // somebody was faster
        }
    }

    private static byte[] raw(ErrorReply error) {
        byte[] body = error.body();
        StringBuilder head = new StringBuilder("HTTP/1.1 %d \r\n".formatted(error.status()));
        error.headers()
                .with("Content-Length", Integer.toString(body.length))
                .with("Connection", "close")
                .forEach(line -> head.append(line.getKey())
                        .append(": ")
                        .append(line.getValue())
                        .append("\r\n"));
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        return all;
    }
}
