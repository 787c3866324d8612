package dev.signalbox.backend.http.transport;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** There is no reply, or no more of it. The message names the server and tells what was seen; it holds no secrets. */
public final class TransportException extends IOException {

    private static final long serialVersionUID = 1L;

    /** How far things went, and what ended them. */
    public enum Reason {
        /** The request could not be sent as it is: its body cannot be read, or a header cannot be written. */
        REQUEST,
        /** The name of the host is not known. */
        UNKNOWN_HOST,
        /** Nobody listens there. */
        REFUSED,
        /** There is no way to the host, or the system gives no socket. */
        UNREACHABLE,
        /** No connection within the connect limit. */
        CONNECT_TIMED_OUT,
        /** There is a connection, but no trust. */
        TLS,
        /** The server closed the connection without a byte of reply. */
        NO_REPLY,
        /** The connection broke, be it before or in the reply. */
        RESET,
        /** The reply ended before its end. */
        TRUNCATED,
        /** What came is not HTTP, or not safe to read. */
        MALFORMED,
        /** The call's deadline came. */
        TIMED_OUT,
        /** Somebody cancelled the call, closed the reply or closed the transport. */
        CANCELLED
    }

    private final Reason reason;
    private final boolean connected;

    TransportException(Reason reason, boolean connected, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.connected = connected;
    }

    /** What ended it. */
    public Reason reason() {
        return reason;
    }

    /** Whether there was a connection: somebody listens there, even if the rest is silence. */
    public boolean connected() {
        return connected;
    }
}
