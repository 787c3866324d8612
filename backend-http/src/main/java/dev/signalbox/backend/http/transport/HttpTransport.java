package dev.signalbox.backend.http.transport;

/** Sends HTTP requests. One instance serves many calls at once; it keeps connections for the next call. */
public interface HttpTransport extends AutoCloseable {

    /**
     * Sends a request and returns its reply, whatever the status, as soon as the head is there.
     *
     * <p>Blocks no longer than the call's deadline, and not at all once the call is cancelled. Redirects are not
     * followed. The request is sent again only if it went out on a kept connection that turned out to be dead before a
     * byte of a reply came; then once, on a new connection.
     *
     * @throws TransportException if there is no reply; its reason says how far things went
     * @throws InterruptedException if the thread is interrupted; the connection is closed
     */
    HttpReply send(HttpCall call) throws TransportException, InterruptedException;

    /** Ends every call in flight and closes every connection. Does nothing the second time. */
    @Override
    void close();
}
