package dev.signalbox.spi;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Why a request or a target may not go on.
 *
 * @param kind alone decides the status
 * @param message where, what was seen, what would be right; without secrets
 * @param retryAfter when asking again may help; empty if unknown or never
 * @param details figures for the client, by name
 */
public record Refusal(Kind kind, String message, Optional<Duration> retryAfter, Map<String, String> details) {

    /** Kinds of refusal, each with the HTTP status it leads to. */
    public enum Kind {
        UNHEALTHY(503, false, "unhealthy"),
        FULL(503, false, "full"),
        NO_MEMORY(507, false, "insufficient_memory"),
        /** The caller's own limit. */
        OVER_BUDGET(429, false, "insufficient_quota"),
        /** Somebody else's limit: a target's, a profile's, the whole router's. */
        BUDGET_SPENT(503, false, "budget_spent"),
        TOO_LONG(400, true, "context_length_exceeded"),
        NOT_CAPABLE(501, true, "capability_not_supported"),
        NOT_ALLOWED(403, true, "not_allowed"),
        BAD_REQUEST(400, true, "bad_request");

        private final int status;
        private final boolean permanent;
        private final String code;

        Kind(int status, boolean permanent, String code) {
            this.status = status;
            this.permanent = permanent;
            this.code = code;
        }

        /** The HTTP status. */
        public int status() {
            return status;
        }

        /** Whether asking again is useless until something is changed. */
        public boolean permanent() {
            return permanent;
        }

        /** The stable word in the error object. */
        public String code() {
            return code;
        }

        /** The name in traces, such as {@code no-memory}. */
        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Refusal {
        details = Map.copyOf(details);
    }

    /** A refusal of that kind. */
    public static Refusal of(Kind kind, String message) {
        return new Refusal(kind, message, Optional.empty(), Map.of());
    }

    /** The target's health does not allow it. */
    public static Refusal unhealthy(String message, Duration retryAfter) {
        return new Refusal(Kind.UNHEALTHY, message, Optional.of(retryAfter), Map.of());
    }

    /** The prompt does not fit. */
    public static Refusal tooLong(String message) {
        return of(Kind.TOO_LONG, message);
    }

    /** The same refusal with one more figure. */
    public Refusal with(String name, String value) {
        Map<String, String> more = new java.util.TreeMap<>(details);
        more.put(name, value);
        return new Refusal(kind, message, retryAfter, more);
    }
}
