package dev.signalbox.server.ingress;

import io.helidon.webserver.CloseConnectionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Keeps a streamed answer alive while there is nothing to write: for proxies and clients that take silence for the end.
 * Whether frames were asked for is found out when the first sign of life is due.
 */
final class Heartbeat implements Ticker.Timed {

    private final ReplyStream reply;
    private final Supplier<byte[]> frame;
    private final Runnable left;
    private final long after;
    private final long every;
    private final AtomicBoolean beating = new AtomicBoolean();
    private volatile long due;

    /**
     * One for one answer.
     *
     * @param frame a harmless frame; empty if the answer is not streamed
     * @param left what to do if the client turns out to have left
     */
    Heartbeat(ReplyStream reply, IngressSettings settings, long now, Supplier<byte[]> frame, Runnable left) {
        this.reply = reply;
        this.frame = frame;
        this.left = left;
        this.after = settings.heartbeatAfter().toNanos();
        this.every = settings.heartbeatEvery().toNanos();
        this.due = now + after;
    }

    /** Something was written: the silence begins anew. */
    void wrote(long now) {
        due = now + after;
    }

    @Override
    public void tick(long now) {
        if (now - due >= 0 && beating.compareAndSet(false, true)) {
            due = now + every;
            long known = reply.written();
            Thread.startVirtualThread(() -> beat(known));
        }
    }

    private void beat(long known) {
        try {
            byte[] bytes = frame.get();
            if (bytes.length > 0) {
                reply.interject(bytes, known);
            }
        } catch (CloseConnectionException gone) {
            left.run();
        } finally {
            beating.set(false);
        }
    }
}
