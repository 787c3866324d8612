package dev.signalbox.backend.http.transport;

import dev.signalbox.backend.http.transport.TransportException.Reason;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Trouble seen deep inside, where nobody knows which server it is about; becomes a {@link TransportException}. */
final class Fault extends IOException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    Fault(Reason reason, String message) {
        this(reason, message, null);
    }

    Fault(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    static Fault malformed(String message) {
        return new Fault(Reason.MALFORMED, message);
    }

    static Fault truncated(String message) {
        return new Fault(Reason.TRUNCATED, message);
    }

    Reason reason() {
        return reason;
    }
}
