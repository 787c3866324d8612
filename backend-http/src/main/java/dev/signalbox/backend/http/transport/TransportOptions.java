package dev.signalbox.backend.http.transport;

import java.time.Duration;

/**
 * What a transport may be told.
 *
 * @param connectLimit the longest a connection may take, looking up the name and securing it included
 * @param idleAge how long an unused connection is kept where the server does not say; zero keeps none
 * @param idleCount how many unused connections to one server are kept
 * @param tls whom to trust behind {@code https}
 */
public record TransportOptions(Duration connectLimit, Duration idleAge, int idleCount, Tls tls) {

    /** uvicorn, Express and llama-server close what was idle for 5 s; a second earlier nobody gets in the way of that. */
    private static final Duration IDLE_AGE = Duration.ofSeconds(4);

    public TransportOptions {
        if (connectLimit.isNegative() || connectLimit.isZero() || idleAge.isNegative() || idleCount < 0) {
            throw new IllegalArgumentException("limits of a transport are not negative, and there is time to connect");
        }
    }

    /** 5 s to connect, 64 connections kept for 4 s, the system's authorities trusted. */
    public static TransportOptions standard() {
        return new TransportOptions(Duration.ofSeconds(5), IDLE_AGE, 64, Tls.system());
    }

    /** The same with that much time to connect. */
    public TransportOptions connectLimit(Duration limit) {
        return new TransportOptions(limit, idleAge, idleCount, tls);
    }

    /** The same with unused connections kept that long where the server does not say; zero keeps none. */
    public TransportOptions idleAge(Duration age) {
        return new TransportOptions(connectLimit, age, idleCount, tls);
    }

    /** The same with that many unused connections kept. */
    public TransportOptions idleCount(int count) {
        return new TransportOptions(connectLimit, idleAge, count, tls);
    }

    /** The same with that trust. */
    public TransportOptions tls(Tls trust) {
        return new TransportOptions(connectLimit, idleAge, idleCount, trust);
    }

    /** Whether connections are kept at all. */
    boolean keeps() {
        return idleCount > 0 && !idleAge.isZero();
    }
}
