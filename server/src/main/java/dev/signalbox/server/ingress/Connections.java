package dev.signalbox.server.ingress;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.core.ErrorReply;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The connections of a listener: which of them send a head right now, and which wait for nothing but their next request. */
final class Connections implements Http1ConnectionListener, Ticker.Timed {

    private final Ticker ticker;
    private final Duration patience;
    private final Map<Connection, Long> heads = new ConcurrentHashMap<>(); // since when
    private final Set<Connection> idle = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    Connections(Ticker ticker, Duration patience) {
        this.ticker = ticker;
        this.patience = patience;
    }

    @Override
    public void prologue(ConnectionContext context, HttpPrologue prologue) {
        heads.put(Connection.of(context), ticker.now());
    }

    @Override
    public void headers(ConnectionContext context, Headers headers) {
        heads.remove(Connection.of(context));
    }

    @Override
    public void tick(long now) {
        heads.forEach((connection, since) -> {
            if (now - since >= patience.toNanos() && heads.remove(connection) != null) {
                Thread.startVirtualThread(() -> connection.hangUp(tooSlow(Dialect.OPENAI_CHAT, patience)));
            }
        });
    }

    /** Runs something while a connection waits for its next request; false if there will be none. */
    boolean whileIdle(Connection connection, Waiting waiting) throws InterruptedException {
        idle.add(connection);
        try {
            return !stopping && waiting.await();
        } finally {
            idle.remove(connection);
        }
    }

    /** Hangs up on everybody who waits for nothing, now and from now on. */
    void stop() {
        stopping = true;
        idle.forEach(Connection::close);
    }

    boolean stopping() {
        return stopping;
    }

    static ErrorReply tooSlow(Dialect dialect, Duration patience) {
        String message = "The request did not arrive in full: nothing more came for %d s (server.client-timeout)."
                .formatted(patience.toSeconds());
        return ErrorReply.of(dialect, Problem.passing(408, "request_timeout", message), TraceIds.next());
    }

    /** Something that waits. */
    @FunctionalInterface
    interface Waiting {
        boolean await() throws InterruptedException;
    }
}
