package dev.signalbox.server.ingress;

import dev.signalbox.api.Headers;
import dev.signalbox.api.RouteException.Problem;

/** A request that does not get as far as the router. Thrown by whoever sees it first, answered in one place. */
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final transient Headers headers;

    Refused(Problem problem) {
        this(problem, Headers.none());
    }

    Refused(Problem problem, Headers headers) {
        super(problem.message(), null, false, false);
        this.problem = problem;
        this.headers = headers;
    }

    static Refused permanent(int status, String code, String message) {
        return new Refused(Problem.permanent(status, code, message));
    }

    Problem problem() {
        return problem;
    }

    /** What the answer says beside what every error says. */
    Headers headers() {
        return headers;
    }
}
