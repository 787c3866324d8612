package dev.signalbox.server.ingress;

import java.time.Duration;

/** How long a connection is kept for its next request, counted from the beginning of the last one. */
public final class KeepAliveTime {

    /** For a connection that waits behind an answer of a router. */
    static final Duration OF_INGRESS = Duration.ofMinutes(5);

    /**
     * For the listener, which counts from the same moment. It is longer: a listener that gives a connection up while the
     * ingress still holds it would take the next request and not answer it.
     */
    public static final Duration OF_LISTENER = OF_INGRESS.plusMinutes(1);

    private KeepAliveTime() {}
}
