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
import java.util.concurrent.ConcurrentHashMap;

/**
 * The connections of a listener that owe it the head of a request, and since when. Who owes one too long is hung up on: told
 * so, unless not a byte of it has come.
 */
final class Heads implements Http1ConnectionListener, Ticker.Timed {

    /** How far a connection is with its next head. */
    private enum Stage {
        /** Nothing is known to have come yet of its first one. */
        NEW,
        /** Nothing has come of its next one: it may be kept like that. */
        RESTING,
        /** Some bytes are there behind an answer. */
        BEGUN,
        /** The first line is there. */
        LINE
    }

    private record Owed(Stage stage, long since) {}

    private final Ticker ticker;
    private final Duration patience;
    private final Map<Connection, Owed> owed = new ConcurrentHashMap<>(); // what is taken out never comes in by a look

    Heads(Ticker ticker, Duration patience) {
        this.ticker = ticker;
        this.patience = patience;
    }

    /** It has connected. Its own thread says so, as it does the rest. */
    void came(Connection connection) {
        owe(connection, Stage.NEW);
    }

    /** It has been answered and may ask again. */
    void answered(Connection connection) {
        owe(connection, Stage.RESTING);
    }

    /** It will ask no more. */
    void left(Connection connection) {
        owed.remove(connection);
    }

    @Override
    public void prologue(ConnectionContext context, HttpPrologue prologue) {
        owe(Connection.of(context), Stage.LINE);
    }

    @Override
    public void headers(ConnectionContext context, Headers headers) {
        owed.remove(Connection.of(context));
    }

    private void owe(Connection connection, Stage stage) {
        owed.put(connection, new Owed(stage, ticker.now()));
    }

    @Override
    public void tick(long now) {
        owed.replaceAll((connection, known) -> look(connection, known, now));
        owed.forEach((connection, known) -> {
            boolean late = known.stage != Stage.RESTING && now - known.since >= patience.toNanos();
            if (late && owed.remove(connection, known)) {
                Thread.startVirtualThread(() -> hangUp(connection, known.stage));
            }
        });
    }

    /** An answered one that was seen before the rest of its last request was passed over has begun nothing after all. */
    private static Owed look(Connection connection, Owed known, long now) {
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
