package dev.signalbox.server.ingress;

import java.time.Duration;

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

    /**
     * Of one answer.
     *
     * @param left what to do with the client, who counts as gone; must not block
     */
    Taking(ReplyStream reply, Duration patience, Runnable left) {
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
}
