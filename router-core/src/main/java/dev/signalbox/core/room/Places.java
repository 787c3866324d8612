package dev.signalbox.core.room;

import dev.signalbox.core.room.Entry.Desk;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Places that stay taken when whoever took them has gone. They know nothing of that visitor. Any thread may use them. */
public final class Places implements AutoCloseable {

    private final Desk desk;
    private final List<Gate> gates;
    private final long since;
    private final AtomicBoolean closed;

    Places(Desk desk, List<Gate> gates, long since, boolean closed) {
        this.desk = desk;
        this.gates = gates;
        this.since = since;
        this.closed = new AtomicBoolean(closed);
    }

    /** Gives them back. Does nothing the second time. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            desk.giveBack(gates, since);
        }
    }
}
