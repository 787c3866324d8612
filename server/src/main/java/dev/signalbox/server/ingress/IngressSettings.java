package dev.signalbox.server.ingress;

import java.time.Duration;
import java.util.Set;

/**
 * What an ingress lets in and how long it waits.
 *
 * @param callers who may ask; nobody configured means everybody
 * @param hosts which names a request may call this server by
 * @param origins which web pages may ask, beside those of this machine
 * @param maxBody the largest body, in bytes
 * @param maxRequests how many requests may be answered at once
 * @param heartbeatAfter after how long without a byte a streamed answer is kept alive
 * @param heartbeatEvery how long until the next sign of life
 * @param clientTimeout how long a client may be silent in the middle of a request
 * @param writeTimeout how long a client may take nothing of an answer that is there for it
 */
public record IngressSettings(
        Callers callers,
        Hosts hosts,
        Set<String> origins,
        long maxBody,
        int maxRequests,
        Duration heartbeatAfter,
        Duration heartbeatEvery,
        Duration clientTimeout,
        Duration writeTimeout) {

    /** The defaults of an application that mounts the ingress: its own doors are in front of it. */
    public static final IngressSettings DEFAULT = new IngressSettings(
            Callers.NONE,
            Hosts.ANY,
            Set.of(),
            64L << 20,
            8192,
            Duration.ofSeconds(45),
            Duration.ofSeconds(15),
            Duration.ofSeconds(60),
            Duration.ofMinutes(5));

    public IngressSettings {
        origins = Set.copyOf(origins);
    }

    /** The same with other callers. */
    public IngressSettings withCallers(Callers others) {
        return new IngressSettings(
                others,
                hosts,
                origins,
                maxBody,
                maxRequests,
                heartbeatAfter,
                heartbeatEvery,
                clientTimeout,
                writeTimeout);
    }

    /** The same with other names for this server. */
    public IngressSettings withHosts(Hosts others) {
        return new IngressSettings(
                callers,
                others,
                origins,
                maxBody,
                maxRequests,
                heartbeatAfter,
                heartbeatEvery,
                clientTimeout,
                writeTimeout);
    }

    /** The same with other web pages. */
    public IngressSettings withOrigins(Set<String> others) {
        return new IngressSettings(
                callers,
                hosts,
                others,
                maxBody,
                maxRequests,
                heartbeatAfter,
                heartbeatEvery,
                clientTimeout,
                writeTimeout);
    }

    /** The same with another limit for bodies. */
    public IngressSettings withMaxBody(long bytes) {
        return new IngressSettings(
                callers,
                hosts,
                origins,
                bytes,
                maxRequests,
                heartbeatAfter,
                heartbeatEvery,
                clientTimeout,
                writeTimeout);
    }

    /** The same with another number of requests at once. */
    public IngressSettings withMaxRequests(int most) {
        return new IngressSettings(
                callers, hosts, origins, maxBody, most, heartbeatAfter, heartbeatEvery, clientTimeout, writeTimeout);
    }
}
