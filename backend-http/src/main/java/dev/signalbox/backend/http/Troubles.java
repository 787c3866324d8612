package dev.signalbox.backend.http;

import dev.signalbox.api.FailureKind;
import dev.signalbox.backend.http.transport.TransportException;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.Failure;

/** What trouble on the way means for routing. */
final class Troubles {

    private Troubles() {}

    /** Trouble before there was the head of a reply. */
    static BackendException beforeHead(TransportException trouble) {
        FailureKind kind = switch (trouble.reason()) {
            case UNKNOWN_HOST, REFUSED, UNREACHABLE, CONNECT_TIMED_OUT, TLS, NO_REPLY, RESET -> FailureKind.UNREACHABLE;
            case TIMED_OUT, CANCELLED -> FailureKind.TIMED_OUT;
            case TRUNCATED, MALFORMED -> FailureKind.BROKEN_REPLY;
            case REQUEST -> FailureKind.DEFECT;
        };
        return of(kind, trouble);
    }

    /** Trouble while the reply was read. */
    static BackendException inBody(TransportException trouble) {
        FailureKind kind = trouble.reason() == TransportException.Reason.TIMED_OUT
                ? FailureKind.TIMED_OUT
                : FailureKind.BROKEN_REPLY;
        return of(kind, trouble);
    }

    private static BackendException of(FailureKind kind, TransportException trouble) {
        return new BackendException(Failure.of(kind, String.valueOf(trouble.getMessage())), trouble);
    }
}
