package dev.signalbox.core.engine;

import dev.signalbox.api.FailureKind;
import dev.signalbox.core.config.Limits;
import dev.signalbox.spi.BackendException;
import java.time.Duration;
import java.util.Locale;

/** Why somebody else ended an attempt. */
enum Stop {
    CLIENT,
    CLOSING,
    FIRST_CONTENT,
    IDLE,
    TOTAL;

    /** Whether the server is not to blame for it. */
    boolean abandons() {
        return this == CLIENT || this == CLOSING;
    }

    /** What is said of it, given the limits that held. */
    BackendException failure(Limits limits) {
        return switch (this) {
            case CLIENT -> new BackendException(FailureKind.TIMED_OUT, "the client left");
            case CLOSING -> new BackendException(FailureKind.UNREACHABLE, "the router is closing");
            case FIRST_CONTENT -> late("no content within the limit first-content of ", limits.firstContent());
            case IDLE -> late("no byte within the limit idle of ", limits.idle());
            case TOTAL -> late("no end within the limit total of ", limits.total());
        };
    }

    private static BackendException late(String what, Duration limit) {
        return new BackendException(FailureKind.TIMED_OUT, what + shown(limit));
    }

    /** As durations are written in the configuration. */
    private static String shown(Duration limit) {
        return limit.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
