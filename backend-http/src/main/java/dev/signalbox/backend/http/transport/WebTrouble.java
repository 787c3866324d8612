package dev.signalbox.backend.http.transport;

import dev.signalbox.backend.http.transport.TransportException.Reason;
import io.helidon.common.buffers.DataReader;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Makes of what Helidon throws what a transport tells. Most of it is unchecked, and some has no message. */
final class WebTrouble {

    private WebTrouble() {}

    /** What went wrong while connecting. */
    static IOException connecting(Throwable failure, Origin origin) {
        IOException cause = cause(failure);
        IOException told = TlsTrouble.told(cause, origin);
        if (told instanceof Fault || failure instanceof UncheckedIOException) {
            return told;
        }
        return new Fault(Reason.UNREACHABLE, "no connection: " + failure.getMessage(), failure);
    }

    /** What went wrong while sending, or waiting for the head. */
    static IOException waiting(RuntimeException failure) {
        if (failure instanceof DataReader.InsufficientDataAvailableException) {
            return new Fault(Reason.NO_REPLY, "the server closed the connection without a reply", failure);
        }
        return other(failure);
    }

    /** What went wrong while reading. */
    static IOException reading(RuntimeException failure) {
        if (failure instanceof DataReader.InsufficientDataAvailableException) {
            return new Fault(Reason.TRUNCATED, "the reply ends before its end", failure);
        }
        return other(failure);
    }

    private static IOException other(RuntimeException failure) {
        return failure instanceof UncheckedIOException broken
                ? cause(broken)
                : new Fault(Reason.MALFORMED, "not the reply of an HTTP/1.1 server: " + failure.getMessage(), failure);
    }

    private static IOException cause(Throwable failure) {
        return failure.getCause() instanceof IOException cause ? cause : new IOException(failure.getMessage(), failure);
    }
}
