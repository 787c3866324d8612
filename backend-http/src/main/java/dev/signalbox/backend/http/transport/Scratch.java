package dev.signalbox.backend.http.transport;

import java.nio.ByteBuffer;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Memory in which requests are put together, lent for as long as one is written: a connection has none of its own while
 * it waits for a reply, which is most of the time. Outside the heap, from where sockets take it without another copy.
 * Any thread may lend.
 */
final class Scratch {

    static final int SIZE = 64 * 1024;

    private static final int MOST = 32;

    /** For those who write while so many others do. */
    private static final int SMALL = 16 * 1024;

    private final Deque<ByteBuffer> free = new ConcurrentLinkedDeque<>();
    private final AtomicInteger unmade = new AtomicInteger(MOST);

    /** An empty buffer, to be given back. */
    ByteBuffer take() {
        ByteBuffer known = free.pollFirst();
        if (known != null) {
            return known.clear();
        }
        if (unmade.getAndDecrement() > 0) {
            return ByteBuffer.allocateDirect(SIZE);
        }
        unmade.getAndIncrement();
        return ByteBuffer.allocate(SMALL);
    }

    void giveBack(ByteBuffer buffer) {
        if (buffer.isDirect()) {
            free.offerFirst(buffer);
        }
    }
}
