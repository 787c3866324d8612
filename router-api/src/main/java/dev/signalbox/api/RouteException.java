package dev.signalbox.api;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that got no answer, or not all of it. Each subtype is a different thing for the caller to do; all carry
 * the trace and what a client of any dialect is told.
 */
public abstract sealed class RouteException extends RuntimeException
        permits Unroutable, Exhausted, Cancelled, BrokenOff {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final transient RouteTrace trace;

    RouteException(Problem problem, RouteTrace trace, @Nullable Throwable cause) {
        super(problem.message(), cause);
        this.problem = problem;
        this.trace = trace;
    }

    /** What a client is told, whatever its dialect. */
    public Problem problem() {
        return problem;
    }

    /** What was decided and tried up to here. */
    public RouteTrace trace() {
        return trace;
    }

    /**
     * What a client is told.
     *
     * @param status the HTTP status
     * @param code a stable word such as {@code model_not_found}
     * @param message where, what was seen, what would be right; without secrets
     * @param retryAfter when coming back may help; empty if that is unknown or never
     * @param permanent whether asking again is useless until something is changed
     * @param details further members of the error object, by name
     */
    public record Problem(
            int status,
            String code,
            String message,
            Optional<Duration> retryAfter,
            boolean permanent,
            Map<String, String> details) {

        /** The detail that names the member of the request that is wrong, such as {@code messages[3].content[0].type}. */
        public static final String PARAM = "param";

        public Problem {
            details = Map.copyOf(details);
        }

        /** A problem that stays until the request or the configuration changes. */
        public static Problem permanent(int status, String code, String message) {
            return new Problem(status, code, message, Optional.empty(), true, Map.of());
        }

        /** A problem that may pass. */
        public static Problem passing(int status, String code, String message) {
            return new Problem(status, code, message, Optional.empty(), false, Map.of());
        }

        /** The same problem with one more detail. */
        public Problem with(String name, String value) {
            Map<String, String> more = new java.util.TreeMap<>(details);
            more.put(name, value);
            return new Problem(status, code, message, retryAfter, permanent, more);
        }

        /** The same problem with a time after which coming back may help. */
        public Problem retryAfter(Optional<Duration> time) {
            return new Problem(status, code, message, time, permanent, details);
        }
    }
}
