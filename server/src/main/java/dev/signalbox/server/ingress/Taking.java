package dev.signalbox.server.ingress;

import dev.signalbox.api.Cancellation;
import java.time.Duration;
import java.util.Optional;

/**
 * Gives a client up that does not take its answer: a write that makes no progress is one that a client who has left
 * without a word, or reads no more, would hold open for ever. Looks on from outside, so that writing costs nothing.
 */
final class Taking implements Ticker.Timed {

    private final ReplyStream reply;
    private final long patience;
    private final Runnable left;
    private long seen = -1; // the ticker's thread alone
    private long since;

    /** Of an answer to the client of this thread, whose request is cancelled and whose connection is closed if need be. */
    static Taking of(ReplyStream reply, Duration patience, Cancellation request) {
        Optional<Connection> connection = Connection.current();
        return new Taking(reply, patience, () -> giveUp(request, connection));
    }

    /**
     * Of one answer.
     *
     * @param left what to do with the client, who counts as gone; must not block
     */
    private Taking(ReplyStream reply, Duration patience, Runnable left) {
        this.reply = reply;
        this.patience = patience.toNanos();
        this.left = left;
    }

    @Override
    public void tick(long now) {
        long written = reply.written();
        if (written != seen || !reply.writing()) {
            seen = written;
            since = now;
        } else if (now - since >= patience) {
            since = now; // once is enough
            left.run();
        }
    }

    /** Whoever writes to it is woken by that. */
    private static void giveUp(Cancellation request, Optional<Connection> connection) {
        Thread.startVirtualThread(() -> {
            request.cancel();
            connection.ifPresent(Connection::close);
        });
    }
}
