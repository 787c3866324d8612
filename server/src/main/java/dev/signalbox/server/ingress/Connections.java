package dev.signalbox.server.ingress;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The connections of a listener that are kept behind a long answer: which of them wait for nothing but their next request. */
final class Connections {

    private final Set<Connection> idle = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

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

    /** Something that waits. */
    @FunctionalInterface
    interface Waiting {
        boolean await() throws InterruptedException;
    }
}
