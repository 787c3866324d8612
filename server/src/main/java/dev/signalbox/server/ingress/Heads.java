package dev.signalbox.server.ingress;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.core.ErrorReply;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The connections of a listener that owe it the head of a request, and since when. Who owes one too long is hung up on: told
 * so, unless not a byte of it has come.
 */
final class Heads implements Http1ConnectionListener, Ticker.Timed {

    /** How far a connection is with its next head. */
    enum Stage {
        /** Nothing is known to have come yet of its first one. */
        NEW,
        /** Nothing has come of its next one: it may be kept like that. */
        RESTING,
        /** Some bytes are there behind an answer. */
        BEGUN,
        /** The first line is there. */
        LINE
    }

    /**
     * The next head of a connection, which is not there yet.
     *
     * @param since in nanoseconds of the ticker
     */
    record Owed(Stage stage, long since) {}

    private final Ticker ticker;
    private final Duration patience;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

    Heads(Ticker ticker, Duration patience) {
        this.ticker = ticker;
        this.patience = patience;
    }

    /** It has connected. Its own thread says so, as it does the rest. */
    void came(Connection connection) {
        owe(connection, Stage.NEW);
        connections.add(connection);
    }

    /** It has been answered and may ask again. */
    void answered(Connection connection) {
        owe(connection, Stage.RESTING);
    }

    /** It will ask no more. */
    void left(Connection connection) {
        connections.remove(connection);
    }

    @Override
    public void prologue(ConnectionContext context, HttpPrologue prologue) {
        owe(Connection.of(context), Stage.LINE);
    }

    @Override
    public void headers(ConnectionContext context, Headers headers) {
        Connection.of(context).owed().set(null);
    }

    private void owe(Connection connection, Stage stage) {
        connection.owed().set(new Owed(stage, ticker.now()));
    }

    @Override
    public void tick(long now) {
        connections.forEach(connection -> {
            Owed known = connection.owed().get();
            if (known != null) {
                look(connection, known, now);
            }
        });
    }

    /** What its own thread says meanwhile is never taken back. */
    private void look(Connection connection, Owed known, long now) {
        Owed seen = seen(connection, known, now);
        boolean late = seen.stage != Stage.RESTING && now - seen.since >= patience.toNanos();
        if (connection.owed().compareAndSet(known, late ? null : seen) && late) {
            Thread.startVirtualThread(() -> hangUp(connection, seen.stage));
        }
    }

    /** An answered one that was seen before the rest of its last request was passed over has begun nothing after all. */
    private static Owed seen(Connection connection, Owed known, long now) {
        return switch (known.stage) {
            case NEW, LINE -> known;
            case RESTING -> connection.holdsBytes() ? new Owed(Stage.BEGUN, now) : known;
            case BEGUN -> connection.holdsBytes() ? known : new Owed(Stage.RESTING, now);
        };
    }

    private void hangUp(Connection connection, Stage stage) {
        if (stage == Stage.NEW && !connection.holdsBytes()) {
            connection.close();
        } else {
            connection.hangUp(tooSlow(Dialect.OPENAI_CHAT, patience));
        }
    }

    static ErrorReply tooSlow(Dialect dialect, Duration patience) {
        String message = "The request did not arrive in full: nothing more came for %d s (server.client-timeout)."
                .formatted(patience.toSeconds());
        return ErrorReply.of(dialect, Problem.passing(408, "request_timeout", message), TraceIds.next());
    }
}
