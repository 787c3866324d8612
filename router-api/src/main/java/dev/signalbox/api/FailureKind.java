package dev.signalbox.api;

import java.util.EnumSet;
import java.util.Set;

/**
 * Why an attempt failed. The backend classifies, the profile says which kinds may fall back, and the engine does
 * only that.
 */
public enum FailureKind {
    /** Nobody answers: refused, reset, unknown host, TLS, dead engine. */
    UNREACHABLE(503),
    /** The server says that it is still loading; the request waits for its probe and never counts against health. */
    LOADING(503),
    /** A limit passed before there was an answer. */
    TIMED_OUT(504),
    /** The server says that it has too much to do. */
    OVERLOADED(503),
    /** The server ran out of memory, or would. */
    OUT_OF_MEMORY(507),
    /** The model is not there, not loaded, or does not load for another reason than memory. */
    MODEL_UNAVAILABLE(503),
    /** The server failed. */
    SERVER_ERROR(502),
    /** An answer that makes no sense: empty, truncated, of the wrong shape, without a finish. */
    BROKEN_REPLY(502),
    /** The prompt does not fit the model's context; no fault of the server. */
    CONTEXT_OVERFLOW(400),
    /** The server cannot do what was asked; no fault of the server. */
    UNSUPPORTED(501),
    /** The server does not accept our key. */
    UNAUTHORIZED(502),
    /** The request itself is wrong; no other server would take it. */
    REJECTED(400),
    /** A plugin's own bug. Never papered over. */
    DEFECT(500);

    private final int status;

    FailureKind(int status) {
        this.status = status;
    }

    /** The HTTP status a client sees if this was the last failure and the upstream's own status tells it nothing. */
    public int status() {
        return status;
    }

    /** Whether a chain may go on after it at all. {@code LOADING} waits instead. */
    public boolean mayFallBack() {
        return this != LOADING && this != REJECTED && this != DEFECT;
    }

    /** Whether coming back later can help. */
    public boolean passing() {
        return switch (this) {
            case UNREACHABLE,
                    LOADING,
                    TIMED_OUT,
                    OVERLOADED,
                    OUT_OF_MEMORY,
                    MODEL_UNAVAILABLE,
                    SERVER_ERROR,
                    BROKEN_REPLY -> true;
            case CONTEXT_OVERFLOW, UNSUPPORTED, UNAUTHORIZED, REJECTED, DEFECT -> false;
        };
    }

    /** The kinds a profile falls back on unless it says otherwise. */
    public static Set<FailureKind> fallBackByDefault() {
        return EnumSet.of(
                UNREACHABLE,
                TIMED_OUT,
                OVERLOADED,
                OUT_OF_MEMORY,
                MODEL_UNAVAILABLE,
                SERVER_ERROR,
                BROKEN_REPLY,
                CONTEXT_OVERFLOW,
                UNSUPPORTED);
    }

    /** The name in configuration and headers, such as {@code out-of-memory}. */
    public String id() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** The id. */
    @Override
    public String toString() {
        return id();
    }
}
